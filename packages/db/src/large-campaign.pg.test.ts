import { setInterval } from 'node:timers/promises';
import { formatDecimal, parseMicros, sumMicros } from '@clipmeter/core/money';
import { CLIPS_PER_EVENT_MAX } from '@clipmeter/realtime/event';
import type { LogEvent } from '@clipmeter/realtime/event-source';
import { Follower } from '@clipmeter/realtime/follower';
import { campaignSteps } from '@clipmeter/testing/campaign-steps';
import { horizonPassed } from '@clipmeter/testing/horizon';
import { addManyClips, readEach } from '@clipmeter/testing/many-clips';
import { campaignRow, createWorld, type World, type WorldClip } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatAudit, runAudit } from '#src/audit.ts';
import { appendEvents } from '#src/event-log.ts';
import { createEventSource } from '#src/event-source.ts';
import { releaseChunk } from '#src/release-campaign.ts';
import { withTransaction } from '#src/transaction.ts';

/** The sizes of the promise are CLOSING_CLIPS=1000 and RELEASE_CLIPS=100000; smaller ones show the same. */
const CLOSING_CLIPS = Number(process.env['CLOSING_CLIPS'] ?? 250);
const RELEASE_CLIPS = Number(process.env['RELEASE_CLIPS'] ?? 600);
const RELEASE_CHUNK = RELEASE_CLIPS >= 10_000 ? 1_000 : 100;
const TIMEOUT_MS = 30 * 60_000;

let database: TestDatabase;
let world: World;
let steps: ReturnType<typeof campaignSteps>;

beforeAll(async () => {
  database = await createTestDatabase();
  world = createWorld(database.pool);
  steps = campaignSteps(world, await world.addUser('ADMIN'));
});
afterAll(() => database.drop());

async function expectNoDifference(): Promise<void> {
  const report = await runAudit(database.pool);
  expect(report.differences, formatAudit(report)).toBe(0);
}

async function eventsAfter(
  id: string,
): Promise<{ topic: string; type: string; payload: { clips?: { clipId: string }[] } }[]> {
  const { rows } = await database.pool.query('SELECT topic, type, payload FROM events WHERE id > $1 ORDER BY id', [id]);
  return rows;
}

async function lastEventId(): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>('SELECT COALESCE(max(id), 0)::text AS id FROM events');
  return rows[0]?.id ?? '0';
}

/** What `measured` took is said only when it was asked for at another size than CI's. */
function say(line: string): void {
  if (process.env['CLOSING_CLIPS'] ?? process.env['RELEASE_CLIPS']) process.stdout.write(`${line}\n`);
}

test(
  'a round of many clips of many clippers is one settlement: fair to the micro, and no event of it is too large',
  async () => {
    // $20 owed each, and the budget holds $15; one clipper has more clips than an event takes.
    const budget = String(CLOSING_CLIPS * 15);
    const campaignId = await world.addCampaign({ budget, rate: '10' });
    const oneOwner = Math.min(CLIPS_PER_EVENT_MAX + 20, CLOSING_CLIPS);
    const clips: WorldClip[] = [
      ...(await addManyClips(world, campaignId, { clips: CLOSING_CLIPS - oneOwner, clippers: CLOSING_CLIPS / 5 - 1 })),
      ...(await addManyClips(world, campaignId, { clips: oneOwner, clippers: 1 })),
    ];
    const roundId = (await steps.beginClosing(campaignId, 'BUDGET')) ?? '';
    await readEach(world, clips, 2_000n);

    const before = await lastEventId();
    const beganAt = performance.now();
    expect(await steps.finishClosing(roundId)).toMatchObject({ kind: 'completed' });
    say(`closing round of ${CLOSING_CLIPS} clips: ${Math.round(performance.now() - beganAt)} ms`);

    expect(await campaignRow(world.pool, campaignId)).toMatchObject({
      status: 'COMPLETED',
      completion_reason: 'BUDGET',
      spent: `${budget}.000000`,
    });
    const { rows } = await database.pool.query<{ earnings: string }>(
      'SELECT earnings FROM clips WHERE id = ANY ($1::uuid[])',
      [clips.map((clip) => clip.clipId)],
    );
    expect(new Set(rows.map((row) => row.earnings))).toEqual(new Set(['15.000000']));

    const events = await eventsAfter(before);
    const told = (type: string) =>
      events.filter((event) => event.type === type).flatMap((event) => event.payload.clips ?? []);
    for (const { payload } of events) expect(payload.clips?.length ?? 0).toBeLessThanOrEqual(CLIPS_PER_EVENT_MAX);
    for (const type of ['earnings.changed', 'clip.earned']) {
      expect(
        told(type)
          .map((clip) => clip.clipId)
          .sort(),
      ).toEqual(clips.map((clip) => clip.clipId).sort());
    }
    expect(events.find((event) => event.type === 'campaign.changed')?.payload).toMatchObject({ truncated: true });
    await steps.release(campaignId, 70);
    await expectNoDifference();
  },
  TIMEOUT_MS,
);

test(
  'a release in chunks leaves what else happens live, and pays everybody once',
  async () => {
    const campaignId = await world.addCampaign({ budget: String(RELEASE_CLIPS * 20), rate: '10' });
    // Two clippers have half of the clips: each more than a chunk takes.
    const half = RELEASE_CLIPS / 2;
    const clips = [
      ...(await addManyClips(world, campaignId, { clips: half, clippers: half })),
      ...(await addManyClips(world, campaignId, { clips: half, clippers: 2 })),
    ];
    await readEach(world, clips, 1_000n);
    await steps.beginClosing(campaignId, 'ADMIN');
    const { rows: rounds } = await database.pool.query<{ closing_round_id: string }>(
      'SELECT closing_round_id FROM campaigns WHERE id = $1',
      [campaignId],
    );
    await readEach(world, clips, 2_000n);
    const beganAt = performance.now();
    await steps.finishClosing(rounds[0]?.closing_round_id ?? '');
    say(`closing round of ${RELEASE_CLIPS} clips: ${Math.round(performance.now() - beganAt)} ms`);

    await database.pool.query('ANALYZE');
    await horizonPassed(database.pool);
    const live = followUnrelated();
    const chunksMs: number[] = [];
    for (let done = false; !done; ) {
      const at = performance.now();
      ({ done } = await releaseChunk(database.pool, { campaignId, limit: RELEASE_CHUNK, now: world.now() }));
      chunksMs.push(performance.now() - at);
    }
    const delaysMs = await live.stop();
    const [max, middle] = [Math.max(...delaysMs), delaysMs.toSorted((a, b) => a - b)[delaysMs.length >> 1] ?? 0];
    say(
      `release of ${RELEASE_CLIPS} clips in ${chunksMs.length} chunks: ${Math.round(sum(chunksMs))} ms, longest chunk ${Math.round(Math.max(...chunksMs))} ms; ` +
        `${delaysMs.length} unrelated events meanwhile: median ${Math.round(middle)} ms, largest delay ${Math.round(max)} ms`,
    );
    // A chunk holds the log's horizon as long as it lasts, and no longer: never for the whole release.
    expect(chunksMs.length).toBeGreaterThan(RELEASE_CLIPS / RELEASE_CHUNK);
    expect(delaysMs.length).toBeGreaterThan(0);
    expect(max).toBeLessThan(5_000);

    const { rows } = await database.pool.query<{ kind: string; total: string }>(
      `SELECT kind, sum(balance)::text AS total FROM ledger_accounts
       WHERE kind IN ('pending', 'available') AND user_id = ANY ($1::uuid[]) GROUP BY kind ORDER BY kind`,
      [clips.map((clip) => clip.userId)],
    );
    const total = formatDecimal(sumMicros(clips.map(() => parseMicros('20'))));
    expect(rows).toEqual([
      { kind: 'available', total },
      { kind: 'pending', total: '0.000000' },
    ]);
    await expectNoDifference();
  },
  TIMEOUT_MS,
);

const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);

/** How often something unrelated happens. */
const SAY_EVERY_MS = 20;

/** Says something unrelated again and again, on connections of its own, and times when a follower hears it. */
function followUnrelated() {
  const delaysMs: number[] = [];
  const source = createEventSource(database.pool, { url: database.url, retryMinMs: 10 });
  const saidAt = (event: LogEvent): number | null =>
    typeof event.payload === 'object' && event.payload !== null && 'saidAt' in event.payload
      ? Number(event.payload.saidAt)
      : null;
  const follower = new Follower({
    source,
    hub: {
      publish(events) {
        for (const event of events) {
          const at = saidAt(event);
          if (at !== null) delaysMs.push(performance.now() - at);
        }
      },
      reset() {
        throw new Error('the follower lost its place');
      },
    },
    onError(error) {
      throw error;
    },
  });
  const following = follower.run();
  let said = 0;
  let saying = true;
  const speaking = (async () => {
    for await (const _ of setInterval(SAY_EVERY_MS)) {
      if (!saying) return;
      const payload = { saidAt: performance.now() };
      await withTransaction(database.pool, (tx) => appendEvents(tx, [{ topic: 'unrelated', type: 'said', payload }]));
      said += 1;
    }
  })();
  return {
    async stop(): Promise<readonly number[]> {
      saying = false;
      await speaking;
      while (delaysMs.length < said) await new Promise((resolve) => setImmediate(resolve));
      follower.stop();
      await following;
      await source.close();
      return delaysMs;
    },
  };
}

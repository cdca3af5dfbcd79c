import { formatDecimal, parseMicros, sumMicros } from '@clipmeter/core/money';
import { CLIPS_PER_EVENT_MAX } from '@clipmeter/realtime/event';
import { campaignSteps } from '@clipmeter/testing/campaign-steps';
import { horizonPassed } from '@clipmeter/testing/horizon';
import { measureLiveDelays } from '@clipmeter/testing/live-delays';
import { addManyClips, readEach } from '@clipmeter/testing/many-clips';
import { campaignRow, createWorld, type World, type WorldClip } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatAudit, runAudit } from '#src/audit.ts';
import { releaseCampaign } from '#src/release-campaign.ts';

/** The size of the promise is CLOSING_CLIPS=1000; `npm run bench -- release` has 100,000. Smaller ones show the same. */
const CLOSING_CLIPS = Number(process.env['CLOSING_CLIPS'] ?? 250);
const RELEASE_CLIPS = Number(process.env['RELEASE_CLIPS'] ?? 600);
const RELEASE_CHUNK_MAX = RELEASE_CLIPS >= 10_000 ? 1_000 : 100;
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
    const live = measureLiveDelays(database.url);
    const chunks = await steps.release(campaignId, RELEASE_CHUNK_MAX);
    await live.stop();
    const delaysMs = live.take();
    const [longestMs, max] = [Math.max(...chunks.map((chunk) => chunk.tookMs)), Math.max(...delaysMs)];
    say(
      `release of ${RELEASE_CLIPS} clips in ${chunks.length} chunks, the longest ${Math.round(longestMs)} ms; ` +
        `${delaysMs.length} unrelated events meanwhile, the largest delay ${Math.round(max)} ms`,
    );
    // A chunk holds the log's horizon as long as it lasts, and no longer: never for the whole release.
    expect(chunks.reduce((sum, chunk) => sum + chunk.clips, 0)).toBe(RELEASE_CLIPS);
    for (const { clips } of chunks) expect(clips).toBeLessThanOrEqual(RELEASE_CHUNK_MAX);
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

test('a release that stops after any of its transactions goes on with the next, also beside another', async () => {
  const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
  const clips = [
    ...(await addManyClips(world, campaignId, { clips: 5, clippers: 1 })),
    ...(await addManyClips(world, campaignId, { clips: 6, clippers: 3 })),
  ];
  await readEach(world, clips, 2_000n);
  await steps.cancel(campaignId);
  const begin = () => releaseCampaign(database.pool, { campaignId, clipsMax: 2, now: world.now });
  // Each is left after one transaction more than the one before; the last finds nothing to do any more.
  let stops = 0;
  for (let isOver = false; !isOver; stops += 1) {
    const release = begin();
    for (let passed = 0; passed <= stops && !isOver; passed += 1) isOver = (await release.next()).done ?? false;
    await expectNoDifference();
  }
  expect(stops).toBeGreaterThan(3);
  expect(await releasedOf(clips)).toEqual({
    final: '220.000000',
    available: '220.000000',
    told: ['$100.00', '$40.00', '$40.00', '$40.00'],
    entries: 4,
  });

  const second = await world.addCampaign({ budget: '1000', rate: '10' });
  const others = await addManyClips(world, second, { clips: 40, clippers: 7 });
  await readEach(world, others, 2_000n);
  await steps.cancel(second);
  await Promise.all([steps.release(second, 3), steps.release(second, 4)]);
  const told = [...Array<string>(2).fill('$100.00'), ...Array<string>(5).fill('$120.00')];
  expect(await releasedOf(others)).toEqual({ final: '800.000000', available: '800.000000', told, entries: 7 });
  await expectNoDifference();
});

async function releasedOf(clips: readonly WorldClip[]) {
  const { rows } = await database.pool.query(
    `SELECT (SELECT sum(final_earnings) FROM clip_submissions WHERE clip_id = ANY ($1)) AS final,
       (SELECT sum(balance) FROM ledger_accounts WHERE kind = 'available' AND user_id = ANY ($2)) AS available,
       (SELECT array_agg(substring(body FROM '\\$[\\d.]+\\d') ORDER BY body) FROM notifications
          WHERE kind = 'campaign.completed' AND user_id = ANY ($2)) AS told,
       (SELECT count(*)::integer FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.to_account
          WHERE e.movement = 'release' AND a.user_id = ANY ($2)) AS entries`,
    [clips.map((clip) => clip.clipId), clips.map((clip) => clip.userId)],
  );
  return rows[0];
}

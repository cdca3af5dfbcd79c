import { type RoundAnswer, requestTrackingRound } from '@clipmeter/api/operations/request-tracking-round';
import { micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import { parkCampaign } from '@clipmeter/db/campaign-schedules';
import { withTransaction } from '@clipmeter/db/transaction';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLifecycleJob } from '#src/jobs/lifecycle-job.ts';
import { createRoundJob } from '#src/jobs/round-job.ts';
import { NO_METER } from '#src/metrics/no-meter.fixture.ts';
import { openTrackerWorld, type SimulatedClip, type TrackerWorld } from '#src/tracker-world.fixture.ts';

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
beforeEach(async () => {
  tracker.faults.clear();
  await tracker.pool.query('DELETE FROM clip_schedules');
  await tracker.pool.query(`UPDATE platform_states SET status = 'OK', retry_at = NULL`);
});
afterAll(() => tracker.stop());

const log = pino({ level: 'silent' });
const idle = () => new AbortController().signal;
const due = { everyClip: false, clipsMax: null };
const all = { everyClip: true, clipsMax: null };
const LIMIT_MS = 900_000;

/** Asks as a web process does; without patience it is told the round's id at once. */
function ask(input: { everyClip: boolean; clipsMax: number | null }, waitMs = 0): Promise<RoundAnswer> {
  return requestTrackingRound({ pool: tracker.pool, now: () => new Date() }, input, { waitMs, signal: idle() });
}

/** One look of the tracker at its rounds. */
function look(options: { platforms?: readonly Platform[]; laterMs?: number; signal?: AbortSignal } = {}) {
  const { pool, outbox } = tracker;
  const now = () => new Date(Date.now() + (options.laterMs ?? 0));
  const platforms = options.platforms ?? (['TIKTOK', 'YOUTUBE'] as const);
  return createRoundJob({ pool, outbox, log, now, platforms, limitMs: LIMIT_MS }).handle({}, options.signal ?? idle());
}

async function readDue(platform: Platform = 'TIKTOK'): Promise<void> {
  for (const runId of await tracker.tick(platform)) await tracker.deliver(runId, { platform });
}

/** A campaign whose clips have their baseline and are not due for long. */
async function campaign(views: readonly number[], spec = { budget: '100', rate: '10' }, platform: Platform = 'TIKTOK') {
  const campaignId = await tracker.world.addCampaign(spec);
  const clips: SimulatedClip[] = [];
  for (const count of views) clips.push(await tracker.postClip(campaignId, count, platform));
  await readDue(platform);
  await tracker.pool.query(`UPDATE clip_schedules SET next_due_at = now() + interval '1 hour'`);
  return { campaignId, clips };
}

async function makeDue(clips: readonly SimulatedClip[]): Promise<void> {
  for (const [place, { clipId }] of clips.entries()) {
    await tracker.pool.query(
      `UPDATE clip_schedules SET next_due_at = now() - make_interval(mins => $2) WHERE clip_id = $1`,
      [clipId, clips.length - place],
    );
  }
}

async function openRounds(): Promise<number> {
  const { rows } = await tracker.pool.query(
    `SELECT count(*)::int AS open FROM tracking_rounds WHERE status <> 'ENDED'`,
  );
  return rows[0].open;
}

test('a round over what is due reads it, and says exactly what that came to', async () => {
  const { clips } = await campaign([100, 100, 100, 100]);
  const small = await campaign([100], { budget: '30', rate: '10' });
  const [first, second, gone, notDue] = clips;
  const last = small.clips[0];
  if (!first || !second || !gone || !notDue || !last) throw new Error('no clip');
  await tracker.pool.query(`UPDATE campaigns SET expected = 0`);
  tracker.setViews(first, 1_100);
  tracker.setViews(second, 2_223);
  tracker.setViews(last, 9_100);
  tracker.setViews(notDue, 5_000);
  tracker.simulator.store.catalogue.changeVideo('TIKTOK', gone.externalId, { state: 'private' });
  await makeDue([first, second, gone, last]);

  const { roundId } = await ask(due);
  await look();
  await readDue();
  await look();
  // $10 + $21.23 + the $30 that the small campaign had.
  expect(await ended(roundId)).toMatchObject({
    ...{ processed: 4, successful: 3, failed: 1, earnings_added: '61.230000', campaigns_completed: 1 },
  });
  expect(await tracker.campaign(small.campaignId)).toMatchObject({ status: 'COMPLETED', spent: '30.000000' });
  expect(await openRounds()).toBe(0);
});

test('callers join the round that is open, go away or wait, and all who wait hear the same', async () => {
  const { clips } = await campaign([100, 100]);
  const [clip, other] = clips;
  if (!clip || !other) throw new Error('no clip');
  tracker.setViews(clip, 1_100);
  tracker.setViews(other, 1_600);
  const [one, two] = await Promise.all([ask(all), ask(due)]);
  expect(one.roundId).toBe(two.roundId);
  expect(await openRounds()).toBe(1);

  const waiting = Promise.all([ask(due, 60_000), ask(all, 60_000)]);
  await look();
  await readDue();
  // Two trackers look at once: it ends once.
  await Promise.all([look(), look()]);
  const [three, four] = await waiting;
  expect(three).toMatchObject({
    running: false,
    roundId: one.roundId,
    stats: { processed: 2, successful: 2, failed: 0, earningsAdded: '$25.00', campaignsCompleted: 0 },
  });
  expect(four).toEqual(three);

  const next = await ask(due);
  expect(next.roundId).not.toBe(one.roundId);
  await look();
  expect(await ended(next.roundId)).toMatchObject({ chosen: 0, processed: 0, earnings_added: '0.000000' });
});

test('a round of everything leaves out what is paused, and takes the longest due when it is limited', async () => {
  await look();
  const paused = await campaign([100]);
  await withTransaction(tracker.pool, (tx) => parkCampaign(tx, paused.campaignId));
  await tracker.pool.query(`UPDATE campaigns SET status = 'PAUSED' WHERE id = $1`, [paused.campaignId]);
  const { clips } = await campaign([100, 100, 100]);
  await tracker.pool.query(`UPDATE clip_schedules SET next_due_at = 'infinity' WHERE clip_id = $1`, [
    paused.clips[0]?.clipId,
  ]);
  const [a, b] = clips;
  if (!a || !b) throw new Error('no clip');
  await makeDue([b, a]);
  const chosen = async () => {
    const { rows } = await tracker.pool.query<{ clip_id: string }>('SELECT clip_id FROM tracking_round_clips');
    return rows.map((row) => row.clip_id).sort();
  };

  await ask({ everyClip: true, clipsMax: 1 });
  await look();
  expect(await chosen()).toEqual([b.clipId]);
  await readDue();
  await look();
  expect(await chosen()).toEqual([]);

  const { roundId } = await ask(all);
  await look();
  expect(await chosen()).toEqual(clips.map((clip) => clip.clipId).sort());
  await readDue();
  await look();
  expect(await ended(roundId)).toMatchObject({ chosen: 3, processed: 3, successful: 3 });
});

test('what is being read already is not read twice', async () => {
  const { clips } = await campaign([100]);
  const [clip] = clips;
  if (!clip) throw new Error('no clip');
  tracker.setViews(clip, 1_100);
  await makeDue(clips);
  const [runId] = await tracker.tick();
  const starts = tracker.startCount();
  const { roundId } = await ask(all);
  await look();
  expect(await tracker.tick()).toEqual([]);
  await tracker.deliver(runId ?? '');
  await look();
  expect(await ended(roundId)).toMatchObject({ processed: 1, earnings_added: '10.000000' });
  expect(tracker.startCount()).toBe(starts + 1);
});

test('what a closing campaign holds counts when it is settled', async () => {
  const { campaignId, clips } = await campaign([100]);
  const [clip] = clips;
  if (!clip) throw new Error('no clip');
  tracker.setViews(clip, 1_100);
  const { roundId } = await ask(all);
  await look();
  await tracker.pool.query('UPDATE campaigns SET deadline = $2 WHERE id = $1', [campaignId, new Date(Date.now() - 1)]);
  const { pool, outbox, settlement } = tracker;
  const faultPoints = new Map();
  const lifecycle = createLifecycleJob({
    ...{ pool, outbox, log, meter: NO_METER, settlement, faultPoints, now: () => new Date() },
    ...{ everySeconds: 2, closingLimitMs: 600_000 },
  });
  await lifecycle.handle({}, idle());
  await readDue();
  await look();
  expect(await openRounds()).toBe(1);
  await lifecycle.handle({}, idle());
  await look();
  expect(await ended(roundId)).toMatchObject({ processed: 1, earnings_added: '10.000000', campaigns_completed: 1 });
});

test('spending limits hold: a round of a platform that has reached its limit reads nothing and does not hang', async () => {
  const { clips } = await campaign([100, 100]);
  await makeDue(clips);
  const starts = tracker.startCount();
  const limited = {
    ignoreMinimumCharge: false,
    maxIntervalMs: 4 * 3_600_000,
    dailyLimitMicros: micros(400_000n),
  };
  const { roundId } = await ask(due);
  await look();
  expect(await tracker.tick('TIKTOK', limited)).toEqual([]);
  await look();
  expect(await ended(roundId)).toMatchObject({ chosen: 2, processed: 0, earnings_added: '0.000000' });
  expect(tracker.startCount()).toBe(starts);
});

test('where a run has a minimum charge, few clips are enough for somebody who asks', async () => {
  const { clips } = await campaign([100, 100]);
  await makeDue(clips);
  await tracker.pool.query(`UPDATE clips SET last_read_at = now()`);
  const real = { ignoreMinimumCharge: false, maxIntervalMs: 4 * 3_600_000 };
  expect(await tracker.tick('TIKTOK', real)).toEqual([]);
  await ask(due);
  await look();
  expect(await tracker.tick('TIKTOK', real)).toHaveLength(1);
  await look({ laterMs: LIMIT_MS });
  expect(await openRounds()).toBe(0);
});

test('a round whose clips nobody reads ends at its limit; paused meanwhile, they are not waited for', async () => {
  const { campaignId, clips } = await campaign([100]);
  await makeDue(clips);
  const first = await ask(due);
  await look();
  await look({ laterMs: LIMIT_MS - 1_000 });
  expect(await openRounds()).toBe(1);
  await look({ laterMs: LIMIT_MS });
  expect(await ended(first.roundId)).toMatchObject({ chosen: 1, processed: 0 });

  const second = await ask(due);
  await look();
  await withTransaction(tracker.pool, (tx) => parkCampaign(tx, campaignId));
  await look();
  expect(await ended(second.roundId)).toMatchObject({ chosen: 1, processed: 0 });
});

test('a platform that refuses fails its clips; one that this tracker cannot read is left out', async () => {
  const { clips } = await campaign([100]);
  const elsewhere = await campaign([100], { budget: '10', rate: '1' }, 'YOUTUBE');
  await makeDue([...clips, ...elsewhere.clips]);
  tracker.faults.add({ platform: 'TIKTOK', kind: 'failed', calls: 1 });
  const { roundId } = await ask(due);
  await look({ platforms: ['TIKTOK'] });
  await readDue();
  await look({ platforms: ['TIKTOK'] });
  expect(await ended(roundId)).toMatchObject({ chosen: 1, processed: 1, successful: 0, failed: 1 });
});

test('a tracker that stops while it chooses leaves the rest to the next', async () => {
  const { clips } = await campaign([100]);
  await makeDue(clips);
  const { roundId } = await ask(due);
  const stopped = new AbortController();
  stopped.abort();
  await look({ signal: stopped.signal });
  await look();
  await readDue();
  await look();
  expect(await ended(roundId)).toMatchObject({ status: 'ENDED', chosen: 1, processed: 1 });
});

async function ended(roundId: string) {
  const { rows } = await tracker.pool.query(
    `SELECT status, chosen, processed, successful, failed, earnings_added, campaigns_completed FROM tracking_rounds WHERE id = $1`,
    [roundId],
  );
  expect(rows[0]).toMatchObject({ status: 'ENDED' });
  return rows[0];
}

import { micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import { beginClosingRound } from '@clipmeter/db/closing-round';
import { withTransaction } from '@clipmeter/db/transaction';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLifecycleJob } from '#src/jobs/lifecycle-job.ts';
import { NO_METER } from '#src/metrics/no-meter.fixture.ts';
import { openTrackerWorld, type SimulatedClip, type TrackerWorld } from '#src/tracker-world.fixture.ts';

const CLOSING_LIMIT_MS = 600_000;

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
afterAll(() => tracker.stop());
beforeEach(async () => {
  tracker.faults.clear();
  await tracker.pool.query('DELETE FROM clip_schedules');
  await tracker.pool.query('DELETE FROM scrape_runs');
  await tracker.pool.query('UPDATE alerts SET resolved_at = now() WHERE resolved_at IS NULL');
  await tracker.pool.query(`UPDATE platform_states SET status = 'OK', retry_at = NULL`);
});

/** The lifecycle job's look at all campaigns, so much later than now. */
function lifecycle(laterMs = 0): Promise<void> {
  const { pool, outbox, settlement } = tracker;
  const now = () => new Date(Date.now() + laterMs);
  const told = { log: pino({ level: 'silent' }), meter: NO_METER, now };
  const faultPoints = new Map();
  const deps = { ...told, pool, outbox, settlement, faultPoints, everySeconds: 2, closingLimitMs: CLOSING_LIMIT_MS };
  return createLifecycleJob(deps).handle({}, new AbortController().signal);
}

/** A campaign of $100 at $10 for 1,000 views, its clips approved at 1,000 views, one for each platform named. */
async function campaignOf(...platforms: Platform[]) {
  const campaignId = await tracker.world.addCampaign({ budget: '100', rate: '10' });
  const clips: SimulatedClip[] = [];
  for (const platform of platforms) clips.push(await tracker.postClip(campaignId, 1_000, platform));
  for (const platform of new Set(platforms)) await tracker.readAll(platform);
  return { campaignId, clips };
}

const closeAsAdmin = (campaignId: string) =>
  withTransaction(tracker.pool, (tx) =>
    beginClosingRound(tx, {
      campaignId,
      reason: 'ADMIN',
      actorId: null,
      now: new Date(),
      limitMs: CLOSING_LIMIT_MS,
    }),
  );

async function readDue(platform: Platform): Promise<void> {
  for (const runId of await tracker.tick(platform)) await tracker.deliver(runId, { platform });
}

/** What clippers were told of clips that their round could not read, in the clips' order. */
async function toldUnread(clips: readonly SimulatedClip[]): Promise<(string | undefined)[]> {
  const { rows } = await tracker.pool.query<{ user_id: string; body: string }>(
    `SELECT user_id, body FROM notifications WHERE kind = 'clip.unread_at_close'`,
  );
  return clips.map((clip) => rows.find((row) => row.user_id === clip.userId)?.body.replace(/^.* counts/, 'It counts'));
}

const earned = (clips: readonly SimulatedClip[]) => Promise.all(clips.map((clip) => tracker.earnings(clip)));

test('clips that run away with the budget are read once more and share what is left by what each is owed', async () => {
  const { campaignId, clips } = await campaignOf('TIKTOK', 'TIKTOK');
  for (const clip of clips) tracker.setViews(clip, 5_997);
  await tracker.readAll();
  expect(await tracker.campaign(campaignId)).toMatchObject({ status: 'ACTIVE', spent: '99.940000' });

  await lifecycle();
  const [first, second] = clips;
  if (!first || !second) throw new Error('no clips');
  tracker.setViews(first, 7_997);
  tracker.setViews(second, 9_997);
  await readDue('TIKTOK');
  expect(await tracker.campaign(campaignId)).toMatchObject({ status: 'ACTIVE', spent: '99.940000' });
  await lifecycle();
  expect(await tracker.campaign(campaignId)).toMatchObject({
    status: 'COMPLETED',
    completion_reason: 'BUDGET',
    spent: '100.000000',
  });
  // $20 and $40 owed, six cents left.
  expect(await earned(clips)).toEqual([49_990_000n, 50_010_000n]);
});

test('a platform that is down meanwhile: the round ends at its limit with the last views, and tells whom it left out', async () => {
  const { campaignId, clips } = await campaignOf('TIKTOK', 'YOUTUBE');
  for (const clip of clips) tracker.setViews(clip, 3_000);
  await closeAsAdmin(campaignId);
  tracker.faults.add({ platform: 'TIKTOK', kind: 'failed' });
  await readDue('TIKTOK');
  await readDue('YOUTUBE');
  await lifecycle(CLOSING_LIMIT_MS - 60_000);
  expect(await tracker.campaign(campaignId)).toMatchObject({ status: 'ACTIVE', spent: '0.000000' });

  await tracker.makeDue();
  const [late] = await tracker.tick('TIKTOK');
  await lifecycle(CLOSING_LIMIT_MS + 1);
  expect(await tracker.campaign(campaignId)).toMatchObject({
    status: 'COMPLETED',
    completion_reason: 'ADMIN',
    spent: '20.000000',
  });
  expect(await earned(clips)).toEqual([0n, 20_000_000n]);
  expect(await toldUnread(clips)).toEqual(['It counts at its last 1000 views.', undefined]);

  // What the platform says when it is well again comes too late.
  tracker.faults.clear();
  await tracker.deliver(late ?? '');
  expect(await earned(clips)).toEqual([0n, 20_000_000n]);
});

test('a platform over its daily limit meanwhile: nothing is read beyond it, however urgent', async () => {
  const { campaignId, clips } = await campaignOf('TIKTOK', 'TIKTOK');
  await tracker.pool.query('DELETE FROM scrape_runs');
  for (const clip of clips) tracker.setViews(clip, 3_000);
  await closeAsAdmin(campaignId);
  // A result costs $0.0037: one fits.
  const limited = { dailyLimitMicros: micros(5_000n) };
  for (const runId of await tracker.tick('TIKTOK', limited)) await tracker.deliver(runId);
  expect(await tracker.tick('TIKTOK', limited)).toEqual([]);
  expect(await tracker.openAlerts()).toEqual(['daily_limit']);
  await lifecycle();
  expect(await tracker.campaign(campaignId)).toMatchObject({ status: 'ACTIVE', spent: '0.000000' });

  await lifecycle(CLOSING_LIMIT_MS + 1);
  expect(await tracker.campaign(campaignId)).toMatchObject({ status: 'COMPLETED', spent: '20.000000' });
  expect((await earned(clips)).toSorted()).toEqual([0n, 20_000_000n]);
  expect((await toldUnread(clips)).filter((body) => body !== undefined)).toEqual(['It counts at its last 1000 views.']);
});

test('a round for the budget that nobody can read ends, and the campaign goes on', async () => {
  const { campaignId, clips } = await campaignOf('TIKTOK');
  for (const clip of clips) tracker.setViews(clip, 3_000);
  await tracker.readAll();
  await tracker.pool.query('UPDATE campaigns SET expected = 1000 WHERE id = $1', [campaignId]);
  await lifecycle();
  tracker.faults.add({ platform: 'TIKTOK', kind: 'http_error', status: 429 });
  await readDue('TIKTOK');
  await lifecycle(CLOSING_LIMIT_MS + 1);
  expect(await tracker.campaign(campaignId)).toMatchObject({ status: 'ACTIVE', spent: '20.000000' });
  expect(await toldUnread(clips)).toEqual([undefined]);

  tracker.faults.clear();
  for (const clip of clips) tracker.setViews(clip, 4_000);
  await tracker.readAll();
  expect(await tracker.campaign(campaignId)).toMatchObject({ status: 'ACTIVE', spent: '30.000000' });
});

import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLifecycleJob } from '#src/jobs/lifecycle-job.ts';
import { createReleaseJob } from '#src/jobs/release-job.ts';
import { NO_METER } from '#src/metrics/no-meter.fixture.ts';
import { openTrackerWorld, type TrackerWorld } from '#src/tracker-world.fixture.ts';

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
afterAll(() => tracker.stop());

const faultPoints = new Map();
const idle = () => new AbortController().signal;

function lifecycle(now = new Date()): Promise<void> {
  const { pool, outbox, settlement } = tracker;
  const log = pino({ level: 'silent' });
  const told = { log, meter: NO_METER, now: () => now };
  const deps = { ...told, pool, outbox, settlement, faultPoints, everySeconds: 2, closingLimitMs: 600_000 };
  return createLifecycleJob(deps).handle({}, idle());
}

async function release(): Promise<void> {
  const { pool, outbox } = tracker;
  const job = createReleaseJob({ pool, outbox, faultPoints, log: pino({ level: 'silent' }), now: () => new Date() });
  for (const { queue, data } of tracker.sent) if (queue === 'release') await job.handle(job.data.parse(data), idle());
}

test('a scheduled campaign starts when its time has come', async () => {
  const campaignId = await tracker.world.addCampaign({ budget: '100', rate: '10' });
  const startsAt = new Date(Date.now() + 60_000);
  await tracker.pool.query(`UPDATE campaigns SET status = 'SCHEDULED', starts_at = $2 WHERE id = $1`, [
    campaignId,
    startsAt,
  ]);
  await lifecycle();
  expect(await tracker.campaign(campaignId)).toMatchObject({ status: 'SCHEDULED' });
  await lifecycle(startsAt);
  expect(await tracker.campaign(campaignId)).toMatchObject({ status: 'ACTIVE' });
});

test('at its deadline a campaign is read once more, settled together, completed and released', async () => {
  const campaignId = await tracker.world.addCampaign({ budget: '100', rate: '10' });
  const clips = [await tracker.postClip(campaignId, 1_000), await tracker.postClip(campaignId, 1_000)];
  await tracker.readAll();
  for (const clip of clips) tracker.setViews(clip, 3_000);
  await tracker.pool.query('UPDATE campaigns SET deadline = $2 WHERE id = $1', [campaignId, new Date(Date.now() - 1)]);

  await lifecycle();
  // The closing round wakes its clips at once: nothing else makes them due.
  for (const runId of await tracker.tick()) await tracker.deliver(runId);
  expect(await tracker.campaign(campaignId)).toMatchObject({ status: 'ACTIVE', spent: '0.000000' });
  await lifecycle();
  expect(await tracker.campaign(campaignId)).toMatchObject({
    status: 'COMPLETED',
    completion_reason: 'DEADLINE',
    spent: '40.000000',
  });

  await lifecycle();
  await release();
  expect(await tracker.campaign(campaignId)).toMatchObject({ released_at: expect.any(Date) });
  for (const clip of clips) {
    const { rows } = await tracker.pool.query(
      `SELECT kind, balance FROM ledger_accounts WHERE user_id = $1 ORDER BY kind`,
      [clip.userId],
    );
    expect(rows).toEqual([
      { kind: 'available', balance: '20.000000' },
      { kind: 'pending', balance: '0.000000' },
    ]);
  }
});

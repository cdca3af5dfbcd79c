import { runAudit } from '@clipmeter/db/audit';
import { readTrackingRound, requestRound } from '@clipmeter/db/tracking-round';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTrackerProcess, type TrackerProcess } from '#src/tracker-process.fixture.ts';
import { openTrackerWorld, type TrackerWorld } from '#src/tracker-world.fixture.ts';

let world: TrackerWorld;
const running: TrackerProcess[] = [];
beforeAll(async () => {
  world = await openTrackerWorld();
});
afterAll(async () => {
  for (const tracker of running) tracker.kill('SIGKILL');
  await Promise.all(running.map((tracker) => tracker.ended));
  await world.stop();
});

function start(env: Record<string, string> = {}): TrackerProcess {
  const tracker = startTrackerProcess({ databaseUrl: world.database.url, simulatorUrl: world.simulator.url, env });
  running.push(tracker);
  return tracker;
}

test('a tracker killed in the middle of a round leaves it to two others, which end it once with right figures', {
  timeout: 60_000,
}, async () => {
  const campaignId = await world.world.addCampaign({ budget: '100', rate: '10' });
  const clips = [await world.postClip(campaignId, 1_000), await world.postClip(campaignId, 1_000)];
  await world.readAll();
  await world.pool.query(`UPDATE clip_schedules SET next_due_at = now() + interval '1 hour'`);
  for (const clip of clips) world.setViews(clip, 2_000);
  const { roundId } = await requestRound(world.pool, { everyClip: true, clipsMax: null, now: new Date() });

  const killed = start({ FAULT_POINTS: 'settle:before-commit=kill' });
  expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' });
  expect(await readTrackingRound(world.pool, roundId)).toMatchObject({ status: 'RUNNING', chosen: 2 });

  // The time passes after which a killed worker's jobs are given to another.
  await world.pool.query(
    `UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 hour', started_on = started_on - interval '1 hour'
     WHERE state = 'active'`,
  );
  await world.pool.query(`UPDATE pgboss.queue SET monitor_claim_on = monitor_claim_on - interval '1 hour'`);
  const [one, two] = [start(), start()];
  const isEnd = (line: { msg: string }) => line.msg === 'round ended';
  const line = await Promise.race([one.until(isEnd), two.until(isEnd)]);
  expect(line).toMatchObject({ round: roundId, chosen: 2, processed: 2, successful: 2, earningsAdded: '20.000000' });
  expect([...one.lines, ...two.lines].filter(isEnd)).toHaveLength(1);
  expect(await readTrackingRound(world.pool, roundId)).toMatchObject({
    result: { processed: 2, successful: 2, failed: 0, earningsAddedMicros: 20_000_000n, campaignsCompleted: 0 },
  });
  expect((await runAudit(world.pool)).differences).toBe(0);
});

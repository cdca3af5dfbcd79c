import { micros } from '@clipmeter/core/money';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTrackerWorld, type TrackerWorld } from '#src/tracker-world.fixture.ts';

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
beforeEach(async () => {
  await tracker.pool.query('DELETE FROM clip_schedules');
  await tracker.pool.query('DELETE FROM scrape_runs');
});
afterAll(() => tracker.stop());

/** Due clips that were read a moment ago, so that nothing presses. */
async function dueClips(count: number) {
  const campaignId = await tracker.world.addCampaign({ budget: '100', rate: '1' });
  const clips = [];
  for (let index = 0; index < count; index += 1) clips.push(await tracker.postClip(campaignId, 100));
  await tracker.readAll();
  await tracker.makeDue();
  return clips;
}

async function claimedBy(runIds: readonly string[]): Promise<string[]> {
  const { rows } = await tracker.pool.query<{ clip_ids: string[] }>(
    'SELECT clip_ids FROM scrape_runs WHERE id = ANY ($1::uuid[])',
    [runIds],
  );
  return rows.flatMap((row) => row.clip_ids).sort();
}

describe('a tick', () => {
  test('claims what is due, once, and gives it back when its lease ends', async () => {
    const [clip] = await dueClips(1);
    if (!clip) throw new Error('no clip');
    expect(await claimedBy(await tracker.tick())).toEqual([clip.clipId]);
    expect(await tracker.tick()).toEqual([]);

    tracker.later(60_000);
    expect(await claimedBy(await tracker.tick())).toEqual([clip.clipId]);
  });

  test('of two trackers at once never claims a clip twice', async () => {
    const clips = await dueClips(6);
    const runIds = (await Promise.all([tracker.tick(), tracker.tick(), tracker.tick()])).flat();
    expect(await claimedBy(runIds)).toEqual(clips.map((clip) => clip.clipId).sort());
  });

  test('leaves a platform alone that asked us to wait', async () => {
    await dueClips(1);
    await tracker.pool.query(
      `UPDATE platform_states SET status = 'DELAYED', retry_at = now() + interval '1 day' WHERE platform = 'TIKTOK'`,
    );
    expect(await tracker.tick()).toEqual([]);
    await tracker.pool.query(`UPDATE platform_states SET status = 'OK', retry_at = NULL`);
  });
});

test('runs that nobody finishes are given up, so that they do not block the platform for ever', async () => {
  const [clip] = await dueClips(1);
  const [runId] = await tracker.tick();
  if (!clip || !runId) throw new Error('no run');
  tracker.later(60_000);
  await tracker.tick();
  expect(await tracker.runRow(runId)).toMatchObject({ status: 'RECORDED' });
  tracker.later(60_001);
  const [nextRunId] = await tracker.tick();
  expect(await tracker.runRow(runId)).toMatchObject({ status: 'FAILED', error: 'nobody finished it' });
  expect(await tracker.openAlerts()).toEqual(['run_given_up']);
  // The next one that ends well says that runs are finished again.
  await tracker.deliver(nextRunId ?? '');
  expect(await tracker.openAlerts()).toEqual([]);
});

describe('where reading costs money', () => {
  const real = { ignoreMinimumCharge: false, maxIntervalMs: 4 * 3_600_000 };

  test('a batch waits until it is worth the minimum charge of a run', async () => {
    const [clip] = await dueClips(3);
    expect(await tracker.tick('TIKTOK', real)).toEqual([]);
    expect(await tracker.scheduleRow(clip ?? fail())).toMatchObject({ lease_until: null });

    await tracker.pool.query('UPDATE clip_schedules SET urgent = true WHERE clip_id = $1', [clip?.clipId]);
    expect(await claimedBy(await tracker.tick('TIKTOK', real))).toHaveLength(3);
  });

  test("nothing is started over the day's limit, and somebody is told until there is room again", async () => {
    await dueClips(1);
    await tracker.pool.query('UPDATE clip_schedules SET urgent = true');
    await tracker.pool.query(
      `INSERT INTO scrape_runs (id, platform, source, status, clip_ids, claimed, cost, created_at)
       VALUES (gen_random_uuid(), 'TIKTOK', 'test', 'SETTLED', '{}', 0, 4.75, now())`,
    );
    const limited = { ...real, dailyLimitMicros: micros(5_000_000n) };
    expect(await tracker.tick('TIKTOK', limited)).toEqual([]);
    expect(await tracker.openAlerts()).toEqual(['daily_limit']);

    expect(await tracker.tick('TIKTOK', { ...real, dailyLimitMicros: micros(6_000_000n) })).toHaveLength(1);
    expect(await tracker.openAlerts()).toEqual([]);
  });

  test('an open run counts at its minimum charge before its cost is known', async () => {
    await dueClips(1);
    await tracker.pool.query('UPDATE clip_schedules SET urgent = true');
    await tracker.pool.query(
      `INSERT INTO scrape_runs (id, platform, source, status, clip_ids, claimed, created_at)
       VALUES (gen_random_uuid(), 'TIKTOK', 'test', 'STARTED', '{}', 1, now())`,
    );
    expect(await tracker.tick('TIKTOK', { ...real, dailyLimitMicros: micros(900_000n) })).toEqual([]);
  });
});

function fail(): never {
  throw new Error('no clip');
}

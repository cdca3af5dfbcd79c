import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openTrackerWorld, type SimulatedClip, type TrackerWorld } from '#src/tracker-world.fixture.ts';

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
afterEach(() => tracker.faults.clear());
afterAll(() => tracker.stop());

type Shown = 'plays' | 'views' | 'both';

/** From here on Instagram tells only this count of its two. */
function tell(shown: Shown): void {
  tracker.faults.clear();
  if (shown === 'both') return;
  const metric = shown === 'plays' ? 'views' : 'plays';
  tracker.faults.add({ platform: 'INSTAGRAM', kind: 'metric_switch', metric });
}

async function clipApprovedOn(shown: Shown): Promise<{ campaignId: string; clip: SimulatedClip }> {
  const campaignId = await tracker.world.addCampaign({ budget: '1000', rate: '10' });
  const clip = await tracker.postClip(campaignId, 1_000, 'INSTAGRAM');
  tell(shown);
  await tracker.readAll('INSTAGRAM');
  return { campaignId, clip };
}

async function lastSnapshot(clip: SimulatedClip) {
  const { rows } = await tracker.pool.query(
    'SELECT metric, flag FROM view_tracking WHERE clip_id = $1 ORDER BY date DESC LIMIT 1',
    [clip.clipId],
  );
  return rows[0];
}

test.each([
  ['views', 'plays'],
  ['plays', 'views'],
] as const)('a reel approved on its %s and read by its %s later earns nothing by it', async (approvedOn, readOn) => {
  const { campaignId, clip } = await clipApprovedOn(approvedOn);
  tell(readOn);
  tracker.setViews(clip, 50_000);
  await tracker.readAll('INSTAGRAM');
  expect(await tracker.earnings(clip)).toBe(0n);
  expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '0.000000', status: 'ACTIVE' });
  expect(await lastSnapshot(clip)).toMatchObject({ flag: 'metric_mismatch' });
});

test('a reel approved on its views is paid by its views, also once Instagram tells its plays', async () => {
  const { clip } = await clipApprovedOn('views');
  tell('both');
  await tracker.readAll('INSTAGRAM');
  expect(await tracker.earnings(clip)).toBe(0n);

  // Of the simulator's plays 55 % are views: from 550 to 1,100 of them, at $10 per 1,000.
  tracker.setViews(clip, 2_000);
  await tracker.readAll('INSTAGRAM');
  expect(await tracker.earnings(clip)).toBe(5_500_000n);
});

test('a switch and back again pays the growth of the metric that was approved, once', async () => {
  const { clip } = await clipApprovedOn('both');
  tell('views');
  tracker.setViews(clip, 3_000);
  await tracker.readAll('INSTAGRAM');
  expect(await tracker.earnings(clip)).toBe(0n);
  tell('both');
  await tracker.readAll('INSTAGRAM');
  await tracker.readAll('INSTAGRAM');
  expect(await tracker.earnings(clip)).toBe(20_000_000n);
});

test('X is paid by impressions', async () => {
  const campaignId = await tracker.world.addCampaign({ budget: '1000', rate: '10' });
  const clip = await tracker.postClip(campaignId, 1_000, 'X');
  await tracker.readAll('X');
  tracker.setViews(clip, 3_000);
  await tracker.readAll('X');
  expect(await tracker.earnings(clip)).toBe(20_000_000n);
});

import { createWorld, type WorldClip } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** What people run by hand to see that the numbers are right: each query as it stands in the design. */
let db: TestDatabase;
let campaignId: string;
let clip: WorldClip;

beforeAll(async () => {
  db = await createTestDatabase();
  const world = createWorld(db.pool);
  campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  clip = await world.addClip(campaignId, 1_000n);
  await world.read([[clip, { plays: 5_000n }]]);
});
afterAll(() => db.drop());

test('the history of a clip’s views, newest first', async () => {
  const { rows } = await db.pool.query(
    `SELECT date, views, platform FROM view_tracking WHERE clip_id = '${clip.clipId}' ORDER BY date DESC;`,
  );
  expect(rows.map(({ views, platform }) => [views, platform])).toEqual([
    ['5000', 'TIKTOK'],
    ['1000', 'TIKTOK'],
  ]);
});

test('what a submission earned is what its growth is worth', async () => {
  const { rows } = await db.pool.query(
    `SELECT cs.initial_views, c.views AS current_views, c.views - cs.initial_views AS growth, c.earnings, camp.payout_rate,
       (c.views - cs.initial_views) / 1000.0 * camp.payout_rate AS expected_earnings
  FROM clip_submissions cs JOIN clips c ON cs.clip_id = c.id JOIN campaigns camp ON cs.campaign_id = camp.id WHERE cs.id = '${clip.submissionId}';`,
  );
  expect(rows).toMatchObject([
    { initial_views: '1000', current_views: '5000', growth: '4000', earnings: '40.000000', payout_rate: '10.000000' },
  ]);
  expect(Number(rows[0].expected_earnings)).toBe(40);
});

test('how much of a campaign’s budget is spent', async () => {
  const { rows } = await db.pool.query(
    `SELECT id, title, budget, spent, (spent / budget * 100) AS utilization_pct, status FROM campaigns WHERE id = '${campaignId}';`,
  );
  expect(rows).toMatchObject([
    { id: campaignId, title: 'Campaign', budget: '100.000000', spent: '40.000000', status: 'ACTIVE' },
  ]);
  expect(Number(rows[0].utilization_pct)).toBe(40);
});

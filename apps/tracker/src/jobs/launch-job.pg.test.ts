import { recordLaunches } from '@clipmeter/db/campaign-launch';
import { newId } from '@clipmeter/db/new-id';
import { startScheduledCampaigns } from '@clipmeter/db/start-scheduled-campaigns';
import { withTransaction } from '@clipmeter/db/transaction';
import { createWorld } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLaunchJob } from '#src/jobs/launch-job.ts';

const log = pino({ level: 'silent' });
const now = () => new Date();
let database: TestDatabase;
let world: ReturnType<typeof createWorld>;

beforeAll(async () => {
  database = await createTestDatabase();
  world = createWorld(database.pool);
});
beforeEach(() => database.pool.query("UPDATE users SET suspended_at = now() WHERE role = 'CLIPPER'")); // those of the test before
afterAll(() => database.drop());

async function givenClipper(platform: string, { verified = true, removed = false } = {}): Promise<string> {
  const userId = await world.addUser('CLIPPER');
  await database.pool.query(
    `INSERT INTO social_accounts (id, user_id, platform, handle, external_id, verified_at, removed_at)
     VALUES ($1, $2, $3, $4, $4, $5, $6)`,
    [newId(), userId, platform, userId, verified ? now() : null, removed ? now() : null],
  );
  return userId;
}
const run = () =>
  createLaunchJob({ pool: database.pool, log, now, clippersMax: 2 }).handle({}, new AbortController().signal);
const launch = (campaignId: string) => withTransaction(database.pool, (tx) => recordLaunches(tx, [campaignId], now()));
const toldOf = async (campaignId: string) =>
  (
    await database.pool.query<{ user_id: string }>(
      "SELECT user_id FROM notifications WHERE kind = 'campaign.started' AND cause = $1 ORDER BY user_id",
      [campaignId],
    )
  ).rows.map((row) => row.user_id);

test('a start is told, in parts and once, to everybody who could take part', async () => {
  const clippers = [
    await givenClipper('TIKTOK'),
    await givenClipper('YOUTUBE'),
    await givenClipper('TIKTOK'),
    await givenClipper('TIKTOK'),
  ];
  await givenClipper('X');
  await givenClipper('TIKTOK', { verified: false });
  await givenClipper('TIKTOK', { removed: true });
  await world.addUser('CLIPPER');
  const campaignId = await world.addCampaign({ budget: '100', rate: '2.5' });
  await launch(campaignId);
  await launch(campaignId);
  await run();
  expect(await toldOf(campaignId)).toEqual(clippers.toSorted());
  const { rows } = await database.pool.query('SELECT body, link FROM notifications WHERE cause = $1 LIMIT 1', [
    campaignId,
  ]);
  expect(rows).toEqual([
    { body: expect.stringMatching(/ pays \$2\.50 per 1,000 views on TikTok/), link: `/campaigns/${campaignId}` },
  ]);

  await givenClipper('TIKTOK');
  await run();
  expect(await toldOf(campaignId)).toHaveLength(4);
});

test('what stopped between two parts goes on there', async () => {
  const clippers = [
    await givenClipper('TIKTOK'),
    await givenClipper('TIKTOK'),
    await givenClipper('TIKTOK'),
  ].toSorted();
  const campaignId = await world.addCampaign({ budget: '100', rate: '1' });
  await launch(campaignId);
  await database.pool.query('UPDATE campaign_launches SET told_through = $2 WHERE campaign_id = $1', [
    campaignId,
    clippers[0],
  ]);
  await Promise.all([run(), run()]);
  expect(await toldOf(campaignId)).toEqual(clippers.slice(1));
});

test('nobody is told of a campaign that was over before it could be', async () => {
  await givenClipper('TIKTOK');
  const campaignId = await world.addCampaign({ budget: '100', rate: '1' });
  await launch(campaignId);
  await database.ownerPool.query(
    "UPDATE campaigns SET status = 'CANCELLED', completed_at = now(), completion_reason = 'CANCELLED' WHERE id = $1",
    [campaignId],
  );
  await run();
  expect(await toldOf(campaignId)).toEqual([]);
});

test('a campaign whose start has come is one of them', async () => {
  const clipper = await givenClipper('TIKTOK');
  const campaignId = await world.addCampaign({ budget: '100', rate: '1' });
  await database.ownerPool.query("UPDATE campaigns SET status = 'SCHEDULED', starts_at = now() WHERE id = $1", [
    campaignId,
  ]);
  await startScheduledCampaigns(database.pool, new Date(Date.now() + 1_000));
  await run();
  expect(await toldOf(campaignId)).toEqual([clipper]);
});

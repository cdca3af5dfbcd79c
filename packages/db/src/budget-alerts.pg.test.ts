import { parseMicros } from '@clipmeter/core/money';
import { campaignSteps } from '@clipmeter/testing/campaign-steps';
import { createWorld, type World } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeRates } from '#src/campaign-rates.ts';
import { lockCampaign } from '#src/transact-campaign.ts';
import { withTransaction } from '#src/transaction.ts';

let database: TestDatabase;
let world: World;
let admin: string;

beforeAll(async () => {
  database = await createTestDatabase();
  world = createWorld(database.pool);
  admin = await world.addUser('ADMIN');
});
afterAll(() => database.drop());

/** What one admin was told of a campaign, in order. */
async function told(campaignId: string, userId = admin): Promise<{ title: string; body: string }[]> {
  const { rows } = await database.pool.query<{ title: string; body: string }>(
    `SELECT title, body FROM notifications WHERE user_id = $1 AND kind = 'campaign.budget' AND link = $2 ORDER BY created_at, title`,
    [userId, `/campaigns/${campaignId}`],
  );
  return rows;
}

test('admins are told of 90 and 95 % by the settlement that spends them, once each, a top-up or not', async () => {
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const suspended = await world.addUser('ADMIN');
  await database.pool.query('UPDATE users SET suspended_at = now() WHERE id = $1', [suspended]);
  const clip = await world.addClip(campaignId, 0n);
  const { topUp } = campaignSteps(world, admin);

  await world.read([[clip, { plays: 8_999n }]]);
  expect(await told(campaignId)).toEqual([]);
  await world.read([[clip, { plays: 9_000n }]]);
  const atNinety = {
    title: 'Campaign has spent 90 % of its budget',
    body: '$90.00 of $100.00 is spent, $10.00 is left.',
  };
  expect(await told(campaignId)).toEqual([atNinety]);

  await topUp(campaignId, parseMicros('100'));
  await world.read([[clip, { plays: 18_900n }]]);
  expect(await told(campaignId)).toEqual([atNinety]);
  await world.read([[clip, { plays: 19_100n }]]);
  const atNinetyFive = {
    title: 'Campaign has spent 95 % of its budget',
    body: '$191.00 of $200.00 is spent, $9.00 is left.',
  };
  expect(await told(campaignId)).toEqual([atNinety, atNinetyFive]);
  expect(await told(campaignId, clip.userId)).toEqual([]);
  expect(await told(campaignId, suspended)).toEqual([]);
});

test('a closing round tells them too', async () => {
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const clip = await world.addClip(campaignId, 0n);
  const { beginClosing, finishClosing } = campaignSteps(world, admin);
  const roundId = await beginClosing(campaignId, 'ADMIN');
  await world.read([[clip, { plays: 9_200n }]]);
  expect(await told(campaignId)).toEqual([]);
  await finishClosing(roundId ?? '');
  expect(await told(campaignId)).toMatchObject([{ title: 'Campaign has spent 90 % of its budget' }]);
});

test('an approval freezes its platform’s rate, and a later change of it is for later approvals', async () => {
  const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
  const setRate = (rate: string) =>
    withTransaction(database.pool, async (tx) => {
      await lockCampaign(tx, campaignId);
      await writeRates(tx, campaignId, [{ platform: 'YOUTUBE', rateMicros: parseMicros(rate) }]);
    });
  await setRate('20');
  const early = await world.submitClip(campaignId, undefined, 'YOUTUBE');
  const tiktok = await world.submitClip(campaignId);
  await world.read([
    [early, { views: 0n }],
    [tiktok, { plays: 0n }],
  ]);
  await setRate('30');
  const late = await world.submitClip(campaignId, undefined, 'YOUTUBE');
  await world.read([[late, { views: 0n }]]);
  await world.read([
    [early, { views: 1_000n }],
    [tiktok, { plays: 1_000n }],
    [late, { views: 1_000n }],
  ]);
  const { rows } = await database.pool.query<{ clip_id: string; payout_rate: string; earnings: string }>(
    'SELECT s.clip_id, s.payout_rate, c.earnings FROM clip_submissions s JOIN clips c ON c.id = s.clip_id WHERE s.campaign_id = $1',
    [campaignId],
  );
  const byClip = new Map(rows.map((row) => [row.clip_id, [row.payout_rate, row.earnings]]));
  expect(byClip.get(early.clipId)).toEqual(['20.000000', '20.000000']);
  expect(byClip.get(tiktok.clipId)).toEqual(['10.000000', '10.000000']);
  expect(byClip.get(late.clipId)).toEqual(['30.000000', '30.000000']);
});

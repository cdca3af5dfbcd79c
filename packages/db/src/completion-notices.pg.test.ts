import { createWorld } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeCampaign } from '#src/complete-campaign.ts';
import { newId } from '#src/new-id.ts';
import { releaseCampaign } from '#src/release-campaign.ts';
import { lockCampaign } from '#src/transact-campaign.ts';
import { withTransaction } from '#src/transaction.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

test('every admin who may sign in is told once that a campaign has ended, and what it paid', async () => {
  const { pool } = database;
  const world = createWorld(pool);
  const [admin, gone] = [newId(), newId()];
  await pool.query(
    `INSERT INTO users (id, name, email, role, suspended_at) VALUES
       ($1, 'Ada', 'ada@example.test', 'ADMIN', NULL), ($2, 'Bo', 'bo@example.test', 'ADMIN', now())`,
    [admin, gone],
  );
  const paying = await world.addCampaign({ budget: '100', rate: '10' });
  const clip = await world.addClip(paying, 0n);
  await world.read([[clip, { plays: 1_234n }]]);
  const silent = await world.addCampaign({ budget: '50', rate: '10' });
  for (const [campaignId, status, reason] of [
    [paying, 'COMPLETED', 'DEADLINE'],
    [silent, 'CANCELLED', 'CANCELLED'],
  ] as const) {
    await withTransaction(pool, async (tx) => {
      const campaign = await lockCampaign(tx, campaignId);
      await completeCampaign(tx, { campaign, status, reason, actorId: null, now: world.now() });
    });
    for (const _again of [1, 2]) for await (const _ of releaseCampaign(pool, { campaignId, now: world.now }));
  }

  const { rows } = await pool.query(
    `SELECT user_id, cause, body FROM notifications WHERE kind = 'campaign.completed' AND user_id = ANY ($1) ORDER BY cause = $2 DESC`,
    [[admin, gone], paying],
  );
  expect(rows).toEqual([
    {
      user_id: admin,
      cause: paying,
      body: 'Its deadline has come. 1 clipper earned $12.34 of $100.00; it is available to them now. $87.66 is left over.',
    },
    { user_id: admin, cause: silent, body: 'An admin cancelled it. Nobody earned anything. $50.00 is left over.' },
  ]);
});

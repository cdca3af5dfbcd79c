import { createWorld, type World } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runAudit } from '#src/audit.ts';
import { completeCampaign } from '#src/complete-campaign.ts';
import { rejectWaiting } from '#src/reject-waiting.ts';
import { lockCampaign } from '#src/transact-campaign.ts';
import { withTransaction } from '#src/transaction.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(() => {
  world = createWorld(database.pool);
});

test('what still waits when a campaign ends is turned down, its clipper told, its video free again', async () => {
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const approved = await world.addClip(campaignId, 10n);
  const waiting = await world.submitClip(campaignId);
  const reject = () => rejectWaiting(database.pool, { campaignId, limit: 10, now: world.now() });
  expect(await reject()).toBe(0);

  await withTransaction(database.pool, async (tx) => {
    const campaign = await lockCampaign(tx, campaignId);
    await completeCampaign(tx, {
      campaign,
      status: 'CANCELLED',
      reason: 'CANCELLED',
      actorId: null,
      now: world.now(),
    });
  });
  expect(await reject()).toBe(1);
  expect(await reject()).toBe(0);

  const { rows } = await database.pool.query('SELECT id, status FROM clip_submissions ORDER BY id');
  expect(rows).toEqual([
    { id: approved.submissionId, status: 'APPROVED' },
    { id: waiting.submissionId, status: 'REJECTED' },
  ]);
  const notices = await database.pool.query(`SELECT user_id FROM notifications WHERE kind = 'submission.rejected'`);
  expect(notices.rows).toEqual([{ user_id: waiting.userId }]);
  const other = await world.addCampaign({ budget: '100', rate: '10' });
  await database.pool.query(
    'INSERT INTO clip_submissions (id, campaign_id, clip_id, user_id) VALUES ($1, $2, $3, $4)',
    [crypto.randomUUID(), other, waiting.clipId, waiting.userId],
  );
  await database.pool.query(
    `INSERT INTO submission_status_changes (id, submission_id, to_status, settlement_number)
     SELECT gen_random_uuid(), id, 'PENDING', 0 FROM clip_submissions WHERE campaign_id = $1`,
    [other],
  );
  expect((await runAudit(database.pool)).differences).toBe(0);
});

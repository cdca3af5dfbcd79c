import { createWorld } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** What Postgres refuses by itself, whatever the code above it believes. */
let db: TestDatabase;
let campaignId: string;
let userId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  const world = createWorld(db.pool);
  campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const clip = await world.addClip(campaignId, 1_000n);
  await world.read([[clip, { plays: 5_000n }]]);
  userId = clip.userId;
});
afterAll(() => db.drop());

async function accountId(kind: string): Promise<string> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT id FROM ledger_accounts WHERE kind = $1 AND (user_id = $2 OR user_id IS NULL) LIMIT 1`,
    [kind, userId],
  );
  if (!rows[0]) throw new Error(`there is no account ${kind}`);
  return rows[0].id;
}

const ENTRY = `INSERT INTO ledger_entries (cause_kind, cause_id, movement, from_account, to_account, amount, currency, event_at)
               VALUES ('funding', $1, 'fund', $2, $3, $4, $5, now())`;
const CAUSE = '019a0000-0000-7000-8000-00000000000c';

test('a campaign never spends more than its budget', async () => {
  await expect(
    db.pool.query('UPDATE campaigns SET spent = budget + 0.000001 WHERE id = $1', [campaignId]),
  ).rejects.toMatchObject({ constraint: 'campaigns_spent_within_budget' });
});

test('a budget is more than nothing', async () => {
  await expect(
    db.pool.query('UPDATE campaigns SET budget = 0, spent = 0 WHERE id = $1', [campaignId]),
  ).rejects.toMatchObject({ constraint: 'campaigns_budget_check' });
});

test('a final campaign has a reason and a time', async () => {
  await expect(
    db.pool.query(`UPDATE campaigns SET status = 'COMPLETED' WHERE id = $1`, [campaignId]),
  ).rejects.toMatchObject({ constraint: 'campaigns_final_has_reason' });
});

test.each(['budget', 'pending', 'available'])('the balance of %s is never negative', async (kind) => {
  await expect(
    db.pool.query('UPDATE ledger_accounts SET balance = -0.000001 WHERE id = $1', [await accountId(kind)]),
  ).rejects.toMatchObject({ constraint: 'ledger_accounts_never_negative' });
});

test('the outside may owe: all money comes from there', async () => {
  const { rows } = await db.pool.query<{ balance: string }>(
    `SELECT balance FROM ledger_accounts WHERE kind = 'outside'`,
  );
  expect(rows).toEqual([{ balance: '-100.000000' }]);
});

test('one cause moves money once', async () => {
  const [outside, budget] = [await accountId('outside'), await accountId('budget')];
  const client = await db.pool.connect();
  await client.query('BEGIN');
  await client.query(ENTRY, [CAUSE, outside, budget, '1', 'USD']);
  await expect(client.query(ENTRY, [CAUSE, outside, budget, '1', 'USD'])).rejects.toMatchObject({
    constraint: 'ledger_entries_once',
  });
  await client.query('ROLLBACK');
  client.release();
});

test('an entry is of its accounts’ currency', async () => {
  const [outside, budget] = [await accountId('outside'), await accountId('budget')];
  await expect(db.pool.query(ENTRY, [CAUSE, outside, budget, '1', 'EUR'])).rejects.toMatchObject({
    constraint: 'ledger_entries_from_currency_fkey',
  });
});

test.each(['0', '-1'])('an entry of %s is none', async (amount) => {
  const [outside, budget] = [await accountId('outside'), await accountId('budget')];
  await expect(db.pool.query(ENTRY, [CAUSE, outside, budget, amount, 'USD'])).rejects.toMatchObject({
    constraint: 'ledger_entries_amount_check',
  });
});

test('money does not move from an account to itself', async () => {
  const budget = await accountId('budget');
  await expect(db.pool.query(ENTRY, [CAUSE, budget, budget, '1', 'USD'])).rejects.toMatchObject({ code: '23514' });
});

test('an owner has one account of a kind, those without an owner too', async () => {
  await expect(
    db.pool.query(`INSERT INTO ledger_accounts (id, kind) VALUES (gen_random_uuid(), 'outside')`),
  ).rejects.toMatchObject({ constraint: 'ledger_accounts_owner_key' });
});

test('a video has one live submission at a time', async () => {
  await expect(
    db.pool.query(
      `INSERT INTO clip_submissions (id, campaign_id, clip_id, user_id)
       SELECT gen_random_uuid(), campaign_id, clip_id, user_id FROM clip_submissions LIMIT 1`,
    ),
  ).rejects.toMatchObject({ constraint: 'clip_submissions_one_live_key' });
});

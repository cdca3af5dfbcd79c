import type { Pool } from '@clipmeter/db/connect';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { amountDifferences, type OracleFacts, type OracleTerms } from '#src/history-oracle.ts';
import { randomOf } from '#src/random.ts';
import { createHistory } from '#src/random-history.ts';
import { rewrittenPool } from '#src/rewritten-pool.ts';
import { createWorld } from '#src/settlement-world.ts';
import { createTestDatabase, type TestDatabase } from '#src/test-database.ts';

const STEPS = 60;

async function historyOf(pool: Pool, seed: number) {
  const history = await createHistory(createWorld(pool), randomOf(seed));
  for (let i = 0; i < STEPS; i += 1) await history.step();
  await history.settleDown();
  return history;
}

let db: TestDatabase;
let facts: OracleFacts;
beforeAll(async () => {
  db = await createTestDatabase();
  ({ facts } = await historyOf(db.pool, 1));
  expect(await amountDifferences(db.pool, facts)).toEqual([]);
});
afterAll(() => db.drop());

/** What, in which column, and of which rows one. */
const A_MICRO_MORE: [what: string, table: string, column: string, where: string][] = [
  ['what a campaign has spent', 'campaigns', 'spent', 'spent < budget'],
  ['what a campaign was given', 'campaigns', 'budget', 'true'],
  ['what a clip has earned', 'clips', 'earnings', 'true'],
  ['what a clip earned in a campaign', 'clip_submissions', 'final_earnings', 'final_earnings IS NOT NULL'],
  ['what a clip had earned before', 'clip_submissions', 'earnings_base', 'approved_at IS NOT NULL'],
  ['the rate that was frozen', 'clip_submissions', 'payout_rate', 'payout_rate IS NOT NULL'],
  ['the cap that was frozen', 'clip_submissions', 'cap', 'cap IS NOT NULL'],
  ['a campaign’s account', 'ledger_accounts', 'balance', `kind = 'budget'`],
  ['a pending balance', 'ledger_accounts', 'balance', `kind = 'pending'`],
  ['an available balance', 'ledger_accounts', 'balance', `kind = 'available'`],
  ['what came from outside', 'ledger_accounts', 'balance', `kind = 'outside'`],
  ['what a settlement credited', 'settlements', 'credited', 'credited < LEAST(owed, left_before)'],
  ['what a settlement owed', 'settlements', 'owed', 'true'],
  ['what was left before a settlement', 'settlements', 'left_before', 'true'],
  ['an entry that credits a clip', 'ledger_entries', 'amount', `movement = 'accrue'`],
];

test.each(A_MICRO_MORE)('one micro more is told: %s', async (_, table, column, where) => {
  const client = await db.ownerPool.connect();
  try {
    await client.query('BEGIN');
    // The oracle must see it in history, too, where nobody can write it.
    await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    const { rowCount } = await client.query(
      `UPDATE ${table} SET ${column} = ${column} + 0.000001 WHERE ctid = (SELECT ctid FROM ${table} WHERE ${where} LIMIT 1)`,
    );
    expect(rowCount).toBe(1);
    expect(await amountDifferences(client, facts)).toHaveLength(1);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});

test('an oracle that counts by another rate, cap or minimum, or knows of another funding, finds differences', async () => {
  const wrong = (change: (terms: OracleTerms) => OracleTerms): OracleFacts => ({
    ...facts,
    terms: new Map([...facts.terms].map(([id, terms]) => [id, change(terms)])),
  });
  const others = [
    wrong((terms) => ({ ...terms, rate: terms.rate + 1n })),
    wrong((terms) => ({ ...terms, cap: terms.cap && terms.cap - 1n })),
    wrong((terms) => ({ ...terms, minViews: terms.minViews + 1n })),
  ];
  for (const other of others) expect(await amountDifferences(db.pool, other)).not.toEqual([]);
  const fundings = new Map([...facts.fundings].map(([id, amounts]) => [id, [...amounts, 1n]]));
  await expect(amountDifferences(db.pool, { ...facts, fundings })).rejects.toThrow('was given');
});

test('views that nobody gave are told', async () => {
  await expect(amountDifferences(db.pool, { ...facts, wasGiven: () => false })).rejects.toThrow('Nobody ever gave');
});

test('settlements that pay by a rate of their own, and keep all their books in order, are told', async () => {
  const other = await createTestDatabase();
  try {
    let paid = 0;
    const pool = rewrittenPool(other.pool, (text) => {
      if (!/doubtful_views\s+FROM clip_submissions/.test(text)) return text;
      paid += 1;
      return text.replace('payout_rate,', 'payout_rate * 2 AS payout_rate,');
    });
    const history = await historyOf(pool, 6);
    expect(paid).toBeGreaterThan(0);
    expect(await history.differences()).not.toEqual([]);
  } finally {
    await other.drop();
  }
});

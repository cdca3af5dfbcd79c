import { createWorld } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
  const world = createWorld(db.pool);
  const clip = await world.addClip(await world.addCampaign({ budget: '100', rate: '10' }), 1_000n);
  await world.read([[clip, { plays: 5_000n }]]);
  await db.pool.query(
    `INSERT INTO audit_log (id, action, subject_kind, subject_id) VALUES (gen_random_uuid(), 'test', 'test', '1')`,
  );
});
afterAll(() => db.drop());

const HISTORY = ['ledger_entries', 'view_tracking', 'settlements', 'audit_log', 'campaign_fundings'] as const;
const REFUSED_BY_TRIGGER = { code: '23001' };
const REFUSED_BY_GRANT = { code: '42501' };

describe.each(HISTORY)('%s is history', (table) => {
  const changes = (name: string) => [
    `UPDATE ${name} SET ${table === 'view_tracking' ? 'views = views' : 'created_at = created_at'}`,
    `DELETE FROM ${name}`,
    `TRUNCATE ${name} CASCADE`,
  ];

  test('has rows, or what follows would prove nothing', async () => {
    const { rows } = await db.pool.query(`SELECT count(*)::int AS count FROM ${table}`);
    expect(rows[0].count).toBeGreaterThan(0);
  });

  test('even its owner cannot change, delete or truncate it', async () => {
    for (const change of changes(table)) {
      await expect(db.ownerPool.query(change), change).rejects.toMatchObject(REFUSED_BY_TRIGGER);
    }
  });

  test('the apps have no right to try', async () => {
    for (const change of [
      ...changes(table),
      `DROP TABLE ${table} CASCADE`,
      `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
    ]) {
      await expect(db.pool.query(change), change).rejects.toMatchObject(REFUSED_BY_GRANT);
    }
  });
});

test('no partition of the snapshots can be emptied on its own', async () => {
  const { rows } = await db.ownerPool.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'view_tracking'::regclass`,
  );
  expect(rows.length).toBeGreaterThan(4);
  for (const { name } of rows) {
    await expect(db.ownerPool.query(`TRUNCATE ${name}`), name).rejects.toMatchObject(REFUSED_BY_TRIGGER);
    await expect(db.pool.query(`TRUNCATE ${name}`), name).rejects.toMatchObject(REFUSED_BY_GRANT);
  }
  const { rowCount } = await db.ownerPool.query(
    `SELECT FROM view_tracking WHERE tableoid <> 'view_tracking_default'::regclass`,
  );
  expect(rowCount).toBeGreaterThan(0);
  for (const { name } of rows) {
    const { rowCount: found } = await db.ownerPool.query(`SELECT FROM ${name}`);
    if (!found) continue;
    await expect(db.ownerPool.query(`DELETE FROM ${name}`)).rejects.toMatchObject(REFUSED_BY_TRIGGER);
    await expect(db.ownerPool.query(`UPDATE ${name} SET views = 0`)).rejects.toMatchObject(REFUSED_BY_TRIGGER);
  }
});

test('terms and changes of status are written once by the apps', async () => {
  for (const table of ['submission_terms', 'submission_status_changes', 'campaign_status_changes']) {
    await expect(db.pool.query(`DELETE FROM ${table}`), table).rejects.toMatchObject(REFUSED_BY_GRANT);
    await expect(db.pool.query(`UPDATE ${table} SET actor_id = NULL`), table).rejects.toMatchObject(REFUSED_BY_GRANT);
  }
});

test('the apps own nothing and can make nothing', async () => {
  const { rows } = await db.ownerPool.query(
    `SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = 'clipmeter_app'`,
  );
  expect(rows).toEqual([]);
  await expect(db.pool.query('CREATE TABLE public.mine (id int)')).rejects.toMatchObject(REFUSED_BY_GRANT);
  await expect(db.pool.query('CREATE SCHEMA mine')).rejects.toMatchObject(REFUSED_BY_GRANT);
});

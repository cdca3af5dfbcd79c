import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maintainPartitions } from '#src/partitions.ts';

const DAY_MS = 86_400_000;
let db: TestDatabase;

beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

async function partitionsOf(table: string): Promise<string[]> {
  const { rows } = await db.ownerPool.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1`,
    [table],
  );
  return rows.map(({ name }) => name);
}

async function later(days: number): Promise<Date> {
  const { rows } = await db.pool.query<{ now: Date }>('SELECT now()');
  return new Date((rows[0]?.now.getTime() ?? 0) + days * DAY_MS);
}

test('the apps make partitions ahead and drop old events', async () => {
  const before = await partitionsOf('events');
  const { made, dropped } = await maintainPartitions(db.pool, await later(10), 7);
  expect(made).toBeGreaterThan(0);
  expect(dropped).toBeGreaterThan(0);
  const after = await partitionsOf('events');
  expect(after).not.toContain(before[0]);
  expect(await maintainPartitions(db.pool, await later(10), 7)).toEqual({ made: 0, dropped: 0 });
});

test('snapshots are never dropped, and each new partition of them refuses to be emptied', async () => {
  const before = await partitionsOf('view_tracking');
  await maintainPartitions(db.pool, await later(200), 7);
  const after = await partitionsOf('view_tracking');
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after.length).toBeGreaterThan(before.length);
  for (const name of after) {
    await expect(db.ownerPool.query(`TRUNCATE ${name}`), name).rejects.toMatchObject({ code: '23001' });
  }
});

test('what came while no partition was ready is kept where it is, and stops nothing', async () => {
  const insert = `INSERT INTO events (topic, type, payload, created_at) VALUES ('t', 'x', '{}', $1)`;
  await db.pool.query(insert, [await later(20)]);
  const { made } = await maintainPartitions(db.pool, await later(20), 7);
  expect(made).toBeGreaterThan(0);
  await db.pool.query(insert, [await later(20)]);
  expect((await db.pool.query('SELECT FROM events')).rowCount).toBe(2);
  await maintainPartitions(db.pool, await later(40), 7);
  expect((await db.pool.query('SELECT FROM events')).rowCount).toBe(0);
});

test('it gives up before a long reader instead of holding everybody behind it', async () => {
  const reader = await db.pool.connect();
  await reader.query('BEGIN');
  await reader.query('SELECT FROM events');
  await expect(maintainPartitions(db.pool, await later(10), 7)).rejects.toMatchObject({ code: '55P03' });
  await reader.query('ROLLBACK');
  reader.release();
});

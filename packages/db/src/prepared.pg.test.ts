import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepared } from '#src/prepared.ts';
import { withTransaction } from '#src/transaction.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a marked statement is parsed once for a connection, any other each time', async () => {
  const marked = prepared('SELECT $1::int + 1 AS next');
  const known = await withTransaction(database.pool, async (tx) => {
    for (const n of [1, 2]) {
      const { rows } = await tx.query<{ next: number }>(marked, [n]);
      expect(rows).toEqual([{ next: n + 1 }]);
      await tx.query('SELECT $1::int + 2', [n]);
    }
    const { rows } = await tx.query<{ statement: string; plans: number }>(
      'SELECT statement, (generic_plans + custom_plans)::int AS plans FROM pg_prepared_statements',
    );
    return rows;
  });
  expect(known).toEqual([{ statement: marked, plans: 2 }]);
});

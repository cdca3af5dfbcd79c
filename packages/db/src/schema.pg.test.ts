import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('the apps connect as a role that owns nothing', async () => {
  const { rows } = await db.pool.query('SELECT current_user AS role');
  expect(rows).toEqual([{ role: 'clipmeter_app' }]);
});

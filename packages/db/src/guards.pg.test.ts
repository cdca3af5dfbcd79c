import { GUARDS, refuserOf, seedGuarded } from '@clipmeter/testing/guards';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** `npm run soak -- --mutate` shows for each guard that this fails without it. */
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await seedGuarded(db.pool);
});
afterAll(() => db.drop());

test.each(GUARDS)('$name refuses what it is there for', async (guard) => {
  expect(await refuserOf(db.ownerPool, guard)).toBe(guard.name);
});

import { refuserOf, refuserWithout, seedGuarded } from '@clipmeter/testing/guard-trial';
import { GUARDS } from '@clipmeter/testing/guards';
import { NO_GUARDS_OF_MONEY, schemaGuards, TABLES_WITHOUT_MONEY } from '@clipmeter/testing/schema-guards';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** `npm run soak -- --mutate` says for each guard what its removal makes fail. */
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await seedGuarded(db.pool);
});
afterAll(() => db.drop());

test.each(GUARDS)('$name refuses what it is there for, and without it nothing else does', async (guard) => {
  expect(await refuserOf(db.ownerPool, guard)).toBe(guard.name);
  expect(await refuserWithout(db.ownerPool, guard)).toBe(guard.coveredBy ?? null);
});

/** One month's partition is as good as another's. */
const nameOf = (name: string) => name.replace(/^view_tracking_\d{6}_/, 'view_tracking_202611_');

test('every check, key and trigger of the schema is tried above, or is said to have nothing to do with money', async () => {
  const all = (await schemaGuards(db.ownerPool)).filter(({ table }) => !(table in TABLES_WITHOUT_MONEY));
  const tried = new Set(GUARDS.map(({ name }) => name));
  const forgotten = all.filter(({ name }) => !tried.has(nameOf(name)) && !(name in NO_GUARDS_OF_MONEY));
  expect(forgotten).toEqual([]);
});

test('what is tried or excepted is in the schema', async () => {
  const all = await schemaGuards(db.ownerPool);
  const tables = new Set(all.map(({ table }) => table));
  const names = new Set(all.map(({ name }) => nameOf(name)));
  expect(Object.keys(TABLES_WITHOUT_MONEY).filter((table) => !tables.has(table))).toEqual([]);
  expect(Object.keys(NO_GUARDS_OF_MONEY).filter((name) => !names.has(name))).toEqual([]);
  expect(GUARDS.filter(({ name }) => name in NO_GUARDS_OF_MONEY)).toEqual([]);
});

import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPrisma, type PrismaClient } from '#src/prisma.ts';

let db: TestDatabase;
let prisma: PrismaClient;

beforeAll(async () => {
  db = await createTestDatabase();
  prisma = createPrisma(db.url);
});
afterAll(async () => {
  await prisma.$disconnect();
  await db.drop();
});

test('Prisma reads under the role of the apps', async () => {
  expect(await prisma.$queryRaw`SELECT current_user::text AS role`).toEqual([{ role: 'clipmeter_app' }]);
  expect(await prisma.platformState.count()).toBe(4);
});

test('a user of Prisma and one of SQL see the same row', async () => {
  const id = '019a0000-0000-7000-8000-000000000001';
  await prisma.user.create({ data: { id, name: 'Ada', email: 'ada@example.com' } });
  const { rows } = await db.pool.query('SELECT name, role FROM users WHERE id = $1', [id]);
  expect(rows).toEqual([{ name: 'Ada', role: 'CLIPPER' }]);
});

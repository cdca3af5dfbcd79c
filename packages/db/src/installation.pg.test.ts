import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimViewsSource, viewsSource } from '#src/installation.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('a database remembers whose views it holds and refuses the other kind', async () => {
  expect(await viewsSource(db.pool)).toBeNull();
  await claimViewsSource(db.pool, 'simulated');
  await claimViewsSource(db.pool, 'simulated');
  await expect(claimViewsSource(db.pool, 'real')).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await viewsSource(db.pool)).toBe('simulated');
});

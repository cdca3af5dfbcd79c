import { RATE_LIMITS, type RateLimitName } from '@clipmeter/core/rate-limit';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dropOldAttempts, forgiveAttempts, takeAttempt } from '#src/rate-limit.ts';
import { withTransaction } from '#src/transaction.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const START = Date.UTC(2026, 0, 1);
const NAMES: RateLimitName[] = ['signIn', 'passwordReset', 'confirmEmail', 'submit', 'verify'];

const attempt = (name: RateLimitName, key: string, atMs: number) =>
  withTransaction(db.pool, (tx) => takeAttempt(tx, name, key, new Date(START + atMs)));

it('every limit is tried here', () => {
  expect(NAMES.toSorted()).toEqual(Object.keys(RATE_LIMITS).toSorted());
});

it.each(NAMES)('%s holds over every stretch of its length, however many ask at once', async (name) => {
  const { max, windowMs } = RATE_LIMITS[name];
  await attempt(name, 'ann', 0);
  // As several processes would: each through a connection of its own.
  const rest = await Promise.allSettled(Array.from({ length: max + 4 }, () => attempt(name, 'ann', windowMs / 2)));
  expect(rest.filter(({ status }) => status === 'fulfilled')).toHaveLength(max - 1);
  await expect(attempt(name, 'ann', windowMs - 1)).rejects.toMatchObject({ code: 'LIMIT_REACHED' });
  await attempt(name, 'ann', windowMs); // the first one is forgotten, and only that one
  await expect(attempt(name, 'ann', windowMs)).rejects.toThrow(
    `Try again in ${Math.ceil(windowMs / 2 / 60_000)} minutes.`,
  );
  await attempt(name, 'bob', windowMs);
});

it('says when the next attempt is free', async () => {
  for (let n = 0; n < 3; n += 1) await attempt('passwordReset', 'eve', n * 60_000);
  await expect(attempt('passwordReset', 'eve', 10 * 60_000)).rejects.toThrow(
    'Too many requests for a new password. Try again in 50 minutes.',
  );
});

it('a refusal takes nothing, so that the limit does not move on by knocking', async () => {
  const { max, windowMs } = RATE_LIMITS.signIn;
  for (let n = 0; n < max; n += 1) await attempt('signIn', 'knock', 0);
  for (let n = 1; n < 5; n += 1) await expect(attempt('signIn', 'knock', n * 60_000)).rejects.toThrow();
  await attempt('signIn', 'knock', windowMs);
});

it('attempts can be given back, and old ones are dropped; whose they are is not readable', async () => {
  const { max, windowMs } = RATE_LIMITS.signIn;
  for (let n = 0; n < max; n += 1) await attempt('signIn', 'right@example.com', 0);
  await withTransaction(db.pool, (tx) => forgiveAttempts(tx, 'signIn', 'right@example.com'));
  await attempt('signIn', 'right@example.com', 0);
  const { rows } = await db.pool.query("SELECT * FROM rate_limits WHERE key LIKE '%example%'");
  expect(rows).toEqual([]);
  await dropOldAttempts(db.pool, new Date(START + windowMs));
  await attempt('signIn', 'right@example.com', 0);
  const { rows: left } = await db.pool.query('SELECT * FROM rate_limits WHERE expires_at <= $1', [
    new Date(START + windowMs),
  ]);
  expect(left).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { TokenBucket } from '#src/sockets/token-bucket.ts';

const LIMITS = { burst: 10, perSecond: 2 };

test('a bucket gives a burst, then as much as comes back', () => {
  const bucket = new TokenBucket(LIMITS, 0);
  expect(bucket.take(7, 0)).toBe(true);
  expect(bucket.take(4, 0)).toBe(false);
  expect(bucket.take(3, 0)).toBe(true);
  expect(bucket.take(1, 499)).toBe(false);
  expect(bucket.take(1, 500)).toBe(true);
  expect(bucket.take(1, 500)).toBe(false);
});

test('a bucket is never fuller than a burst, however long it stood', () => {
  const bucket = new TokenBucket(LIMITS, 0);
  expect(bucket.take(11, 3_600_000)).toBe(false);
  expect(bucket.take(10, 3_600_000)).toBe(true);
  expect(bucket.take(1, 3_600_000)).toBe(false);
});

test('who is refused loses nothing', () => {
  const bucket = new TokenBucket(LIMITS, 0);
  for (let refused = 0; refused < 5; refused += 1) expect(bucket.take(11, 0)).toBe(false);
  expect(bucket.take(10, 0)).toBe(true);
});

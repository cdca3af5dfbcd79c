import { expect, test } from 'vitest';
import { troubleDelayMs } from '#src/trouble-delay.ts';

test('a failing platform is left alone twice as long each time, ten minutes at most', () => {
  expect([0, 1, 2, 20].map((before) => troubleDelayMs({ kind: 'failed' }, before))).toEqual([
    5_000, 10_000, 20_000, 600_000,
  ]);
});

test('a platform that says how long to wait is believed, between a second and an hour', () => {
  const wait = (retryAfterMs: number) => troubleDelayMs({ kind: 'throttled', retryAfterMs }, 3);
  expect([0, 30_000, 9 * 3_600_000].map(wait)).toEqual([1_000, 30_000, 3_600_000]);
});

test('a platform that wants money is asked four times an hour', () => {
  expect(troubleDelayMs({ kind: 'stopped' }, 0)).toBe(15 * 60_000);
});

import { micros, parseMicros } from '@clipmeter/core/money';
import { expect, test } from 'vitest';
import { quietDayCostMicros } from '#src/spending-forecast.ts';

const TIKTOK = { minimumChargeMicros: parseMicros('0.50'), pricePerResultMicros: parseMicros('0.0037'), maxBatch: 500 };
const FOUR_HOURS_MS = 4 * 3_600_000;

test('a quiet day costs six rounds of full runs and one that is billed the minimum', () => {
  expect(quietDayCostMicros(10, TIKTOK, FOUR_HOURS_MS)).toBe(parseMicros('3'));
  expect(quietDayCostMicros(500, TIKTOK, FOUR_HOURS_MS)).toBe(parseMicros('11.1'));
  expect(quietDayCostMicros(510, TIKTOK, FOUR_HOURS_MS)).toBe(parseMicros('14.1'));
});

test('nothing to read costs nothing, and neither does a free platform', () => {
  expect(quietDayCostMicros(0, TIKTOK, FOUR_HOURS_MS)).toBe(0n);
  const free = { minimumChargeMicros: micros(0n), pricePerResultMicros: micros(0n), maxBatch: 50 };
  expect(quietDayCostMicros(1_000, free, FOUR_HOURS_MS)).toBe(0n);
});

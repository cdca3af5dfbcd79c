import { micros } from '@clipmeter/core/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { microsFromNullable, microsFromNumeric, numericFromMicros } from '#src/micros-column.ts';

test('what a column holds comes back to the micro', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n }), (amount) => {
      expect(microsFromNumeric(numericFromMicros(micros(amount)))).toBe(amount);
    }),
  );
});

test('nothing is not zero', () => {
  expect(microsFromNullable(null)).toBeNull();
  expect(microsFromNullable('0.000000')).toBe(0n);
});

test('what is no amount is refused', () => {
  expect(() => microsFromNumeric('NaN')).toThrow();
  expect(() => microsFromNumeric('0.0000001')).toThrow();
});

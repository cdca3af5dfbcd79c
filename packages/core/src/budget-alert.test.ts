import { expect, test } from 'vitest';
import { budgetAlertsCrossed } from '#src/budget-alert.ts';
import { parseMicros } from '#src/money.ts';

const crossed = (before: string, after: string, budget = '1000') =>
  budgetAlertsCrossed({
    budgetMicros: parseMicros(budget),
    spentBeforeMicros: parseMicros(before),
    spentAfterMicros: parseMicros(after),
  });

test('a part is crossed by the micro that spends it, and by no other', () => {
  expect(crossed('0', '899.999999')).toEqual([]);
  expect(crossed('899.999999', '900')).toEqual([90]);
  expect(crossed('900', '949.999999')).toEqual([]);
  expect(crossed('949.999999', '950')).toEqual([95]);
  expect(crossed('950', '1000')).toEqual([]);
});

test('one settlement may cross both', () => {
  expect(crossed('0', '1000')).toEqual([90, 95]);
});

test('after a top-up the same part is crossed again', () => {
  expect(crossed('900', '1800', '2000')).toEqual([90]);
});

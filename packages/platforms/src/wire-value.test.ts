import { expect, test } from 'vitest';
import { readCount, readId, readInstant, readText } from '#src/wire-value.ts';

test.each([
  [0, 0n],
  [53_000, 53_000n],
  ['1234567', 1_234_567n],
  [9_007_199_254, 9_007_199_254n],
])('%j is a definite count', (value, count) => {
  expect(readCount(value)).toBe(count);
});

test.each([
  null,
  undefined,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 60,
  10 ** 14,
  '',
  '-1',
  '1.5',
  '1,234',
  '1.2M',
  ' 12 ',
  '1e3',
  '99999999999999999',
  true,
  [],
  {},
  [5],
])('%j is an unknown count, not zero', (value) => {
  expect(readCount(value)).toBeNull();
});

test('an id that a JSON number has rounded is no id', () => {
  expect(readId('7234567890123456789')).toBe('7234567890123456789');
  expect(readId(JSON.parse('7234567890123456789'))).toBeNull();
  expect(readId(42)).toBe('42');
  expect(readId(-1)).toBeNull();
});

test('a text is without NUL, which Postgres cannot hold, and not empty', () => {
  expect(readText('a\u0000b ')).toBe('ab');
  expect(readText('  ')).toBeNull();
});

test('only an instant with its time and zone is an instant', () => {
  expect(readInstant('2025-09-18T04:57:01.000Z')).toEqual(new Date(Date.UTC(2025, 8, 18, 4, 57, 1)));
  for (const text of ['2 days ago', '2025-09-18', '2025-13-99T00:00:00Z', null]) expect(readInstant(text)).toBeNull();
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '#src/domain-error.ts';
import {
  addMicros,
  divFloor,
  formatDecimal,
  formatUsd,
  formatUsdExact,
  MAX_MICROS,
  maxMicros,
  micros,
  minMicros,
  parseMicros,
  saturatedMicros,
  subtractMicros,
  sumMicros,
  ZERO_MICROS,
} from '#src/money.ts';

const anyMicros = fc.bigInt({ min: -MAX_MICROS, max: MAX_MICROS }).map(micros);

describe('parseMicros', () => {
  it.each([
    ['0', 0n],
    ['-0', 0n],
    ['12', 12_000_000n],
    ['12.5', 12_500_000n],
    ['0.000001', 1n],
    ['-0.000001', -1n],
    ['-3.25', -3_250_000n],
    ['99999999999999.999999', MAX_MICROS],
  ])('reads %s', (text, amount) => {
    expect(parseMicros(text)).toBe(amount);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '.5',
    '1.',
    '01',
    '1,000',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    '--1',
    '1.0000001',
    '$5',
    '١',
    '1\n',
    '100000000000000',
  ])('refuses %j', (text) => {
    expect(() => parseMicros(text)).toThrow(expect.objectContaining({ code: 'INVALID_MONEY' }));
    expect(() => parseMicros(text)).toThrow(DomainError);
  });

  it('reads back every amount that formatDecimal writes', () => {
    fc.assert(fc.property(anyMicros, (amount) => parseMicros(formatDecimal(amount)) === amount));
  });
});

describe('how money is written', () => {
  it.each([
    [0n, '0.000000', '$0.00', '$0.000000'],
    [1n, '0.000001', '$0.00', '$0.000001'],
    [-1n, '-0.000001', '$0.00', '-$0.000001'],
    [-1_000_000n, '-1.000000', '-$1.00', '-$1.000000'],
    [9_999n, '0.009999', '$0.00', '$0.009999'],
    [-1_999_999n, '-1.999999', '-$1.99', '-$1.999999'],
    [999_999_999n, '999.999999', '$999.99', '$999.999999'],
    [1_234_500_000n, '1234.500000', '$1,234.50', '$1,234.500000'],
    [MAX_MICROS, '99999999999999.999999', '$99,999,999,999,999.99', '$99,999,999,999,999.999999'],
  ])('%s micros', (amount, decimal, usd, exact) => {
    expect(formatDecimal(micros(amount))).toBe(decimal);
    expect(formatUsd(micros(amount))).toBe(usd);
    expect(formatUsdExact(micros(amount))).toBe(exact);
  });

  it('never shows more money than there is', () => {
    fc.assert(
      fc.property(anyMicros, (amount) => {
        const shown = parseMicros(formatUsd(amount).replaceAll(/[$,]/g, ''));
        const lost = amount - shown;
        return amount < 0n ? lost <= 0n && lost > -10_000n : lost >= 0n && lost < 10_000n;
      }),
    );
  });
});

describe('arithmetic', () => {
  it('adds, subtracts, sums and compares exactly', () => {
    const [a, b] = [micros(3n), micros(-5n)];
    expect(addMicros(a, b)).toBe(-2n);
    expect(subtractMicros(a, b)).toBe(8n);
    expect(sumMicros([a, b, a])).toBe(1n);
    expect(sumMicros([])).toBe(ZERO_MICROS);
    expect(minMicros(a, b)).toBe(b);
    expect(maxMicros(a, b)).toBe(a);
  });

  it('stops at what the database can hold', () => {
    expect(() => micros(MAX_MICROS + 1n)).toThrow('fit NUMERIC(20,6)');
    expect(() => addMicros(MAX_MICROS, micros(1n))).toThrow('fit NUMERIC(20,6)');
    expect(saturatedMicros(MAX_MICROS + 1n)).toBe(MAX_MICROS);
    expect(saturatedMicros(7n)).toBe(7n);
  });

  it('divFloor rounds down on both sides of zero', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n }), (a, b) => {
        const quotient = divFloor(a, b);
        return quotient * b <= a && (quotient + 1n) * b > a;
      }),
    );
    expect(() => divFloor(1n, 0n)).toThrow('a divisor is positive');
  });
});

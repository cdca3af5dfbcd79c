import { DomainError } from '#src/domain-error.ts';
import { invariant } from '#src/invariant.ts';

declare const microsBrand: unique symbol;

/** An amount in micros: 1e-6 of the currency's unit. Exact; the counterpart of NUMERIC(20,6). */
export type Micros = bigint & { readonly [microsBrand]: true };

/** Micros in one unit of the currency ($1). */
const MICROS_PER_UNIT = 1_000_000n;
const MICROS_PER_CENT = 10_000n;

/** The largest amount that NUMERIC(20,6) holds: $99,999,999,999,999.999999. */
const LARGEST = 10n ** 20n - 1n;

const DECIMAL = /^(-?)(0|[1-9]\d*)(?:\.(\d{1,6}))?$/;

function isMicros(n: bigint): n is Micros {
  return n <= LARGEST && n >= -LARGEST;
}

/** Takes a bigint for micros; it must fit the database's NUMERIC(20,6). */
export function micros(n: bigint): Micros {
  invariant(isMicros(n), `${n} micros fit NUMERIC(20,6)`);
  return n;
}

export const ZERO_MICROS: Micros = micros(0n);
export const MAX_MICROS: Micros = micros(LARGEST);

/** The amount, or the largest one that can be held. For what is claimed, never for what is paid. */
export function saturatedMicros(n: bigint): Micros {
  return n > LARGEST ? MAX_MICROS : micros(n);
}

/**
 * Reads a decimal such as "12.5" or "-0.000001": digits, a point, at most six decimals; no sign but minus, no
 * separators, no exponent, no leading zeros.
 *
 * @throws DomainError INVALID_MONEY
 */
export function parseMicros(decimal: string): Micros {
  const match = DECIMAL.exec(decimal);
  if (match === null) {
    throw new DomainError('INVALID_MONEY', 'An amount is written in digits with at most six decimals, such as 12.50.');
  }
  const [, sign, whole = '0', fraction = ''] = match;
  const size = BigInt(whole) * MICROS_PER_UNIT + BigInt(fraction.padEnd(6, '0'));
  if (size > LARGEST) throw new DomainError('INVALID_MONEY', 'That amount is larger than any that can be kept.');
  return micros(sign === '-' ? -size : size);
}

function split(size: bigint): { whole: bigint; fraction: string } {
  return { whole: size / MICROS_PER_UNIT, fraction: (size % MICROS_PER_UNIT).toString().padStart(6, '0') };
}

function grouped(whole: bigint): string {
  return whole.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1234.500000": always six decimals, as Postgres prints NUMERIC(20,6). What crosses the API. */
export function formatDecimal(amountMicros: Micros): string {
  const { whole, fraction } = split(amountMicros < 0n ? -amountMicros : amountMicros);
  return `${amountMicros < 0n ? '-' : ''}${whole}.${fraction}`;
}

/** "$1,234.50": cents always, rounded toward zero, so that a screen never shows money that is not there. */
export function formatUsd(amountMicros: Micros): string {
  const size = amountMicros < 0n ? -amountMicros : amountMicros;
  const cents = size / MICROS_PER_CENT;
  const sign = amountMicros < 0n && cents > 0n ? '-' : '';
  return `${sign}$${grouped(cents / 100n)}.${(cents % 100n).toString().padStart(2, '0')}`;
}

/** "$1,234.500000": to the micro, for statements. */
export function formatUsdExact(amountMicros: Micros): string {
  const { whole, fraction } = split(amountMicros < 0n ? -amountMicros : amountMicros);
  return `${amountMicros < 0n ? '-' : ''}$${grouped(whole)}.${fraction}`;
}

export function addMicros(a: Micros, b: Micros): Micros {
  return micros(a + b);
}

export function subtractMicros(a: Micros, b: Micros): Micros {
  return micros(a - b);
}

export function sumMicros(amounts: Iterable<Micros>): Micros {
  let total = 0n;
  for (const amountMicros of amounts) total += amountMicros;
  return micros(total);
}

export function minMicros(a: Micros, b: Micros): Micros {
  return a < b ? a : b;
}

export function maxMicros(a: Micros, b: Micros): Micros {
  return a > b ? a : b;
}

/** a / b rounded down, also below zero (bigint's own division rounds toward zero). The divisor is positive. */
export function divFloor(a: bigint, b: bigint): bigint {
  invariant(b > 0n, 'a divisor is positive');
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

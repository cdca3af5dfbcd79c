import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_MICROS, micros, parseMicros } from '#src/money.ts';
import {
  backoffMs,
  budgetChance,
  longestIntervalMs,
  nextIntervalMs,
  nextVelocity,
  pricedInterval,
  type ReadFailure,
  type ReadIntervalInput,
  usdPerView,
} from '#src/read-interval.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const clip: ReadIntervalInput = {
  velocity: 1_000,
  usdPerView: 0.001,
  budgetChance: 1,
  readCostUsd: 0.0037,
  previousIntervalMs: 4 * HOUR,
  minIntervalMs: 10_000,
  maxIntervalMs: 4 * HOUR,
};
const interval = (more: Partial<ReadIntervalInput>) => nextIntervalMs({ ...clip, ...more });

describe('where a read is weighed dearer than it is', () => {
  const config = { minIntervalMs: 10_000, maxIntervalMs: 4 * HOUR, readCostUsd: 0.0037 };

  it('waits twice as long at four times the price, within the bounds', () => {
    const priced = interval(pricedInterval(config, 4));
    expect(priced / interval({})).toBeCloseTo(2, 3);
    expect(interval({ ...pricedInterval(config, 4), velocity: 0 })).toBe(4 * HOUR);
    expect(interval({ ...pricedInterval(config, 4), velocity: 1e12 })).toBe(10_000);
  });

  it('changes nothing at the price that it has', () => {
    expect(pricedInterval(config, 1)).toEqual(config);
  });

  it('keeps the largest interval for long, and lets it go where even that is too dear', () => {
    expect(longestIntervalMs(4 * HOUR, 64)).toBe(4 * HOUR);
    expect(longestIntervalMs(4 * HOUR, 256)).toBe(8 * HOUR);
  });
});

describe('how long a clip waits for its next read', () => {
  it('follows the money: four times as much an hour, half the wait', () => {
    const wait = interval({});
    expect(wait / MINUTE).toBeCloseTo(23, 0); // √(2 × 0.0037 / (0.05 × 1)) hours
    expect(interval({ velocity: 4_000 })).toBeCloseTo(wait / 2, -1);
    expect(interval({ usdPerView: 0.004 })).toBeCloseTo(wait / 2, -1);
    expect(interval({ budgetChance: 0.25 })).toBeCloseTo(wait * 2, -1);
    expect(interval({ readCostUsd: 0.0037 / 4 })).toBeCloseTo(wait / 2, -1);
  });

  it.each<[string, Partial<ReadIntervalInput>, number]>([
    ['is the largest when nothing grows', { velocity: 0 }, 4 * HOUR],
    ['is the largest when its views earn nothing more', { usdPerView: 0 }, 4 * HOUR],
    ['is the largest when no budget is left', { budgetChance: 0 }, 4 * HOUR],
    ['is the largest when it hardly grows', { velocity: 0.001 }, 4 * HOUR],
    ['is the smallest when it grows beyond measure', { velocity: 1e12 }, 10_000],
    ['is the smallest when reads cost nothing', { readCostUsd: 0 }, 10_000],
    ['is the largest when it neither grows nor costs', { velocity: 0, readCostUsd: 0 }, 4 * HOUR],
    ['is the smallest for a clip that was read once only', { velocity: 0, previousIntervalMs: null }, 10_000],
    ['at most doubles', { velocity: 0, previousIntervalMs: 30_000 }, 60_000],
    ['is not below the smallest after a hurried read', { velocity: 0, previousIntervalMs: 1 }, 10_000],
  ])('%s', (_, more, expected) => {
    expect(interval(more)).toBe(expected);
  });

  it('is always a whole number between its bounds, and no longer for more money', () => {
    const some = fc.record({
      velocity: fc.double({ min: 0, max: 1e12, noNaN: true }),
      usdPerView: fc.double({ min: 0, max: 10, noNaN: true }),
      budgetChance: fc.double({ min: 0, max: 1, noNaN: true }),
      readCostUsd: fc.double({ min: 0, max: 1, noNaN: true }),
      previousIntervalMs: fc.option(fc.nat()),
    });
    fc.assert(
      fc.property(some, (more) => {
        const wait = interval(more);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(clip.minIntervalMs);
        expect(wait).toBeLessThanOrEqual(clip.maxIntervalMs);
        expect(interval({ ...more, velocity: more.velocity * 2 })).toBeLessThanOrEqual(wait);
      }),
    );
  });

  it('needs sensible bounds', () => {
    expect(() => interval({ minIntervalMs: 5 * HOUR })).toThrow('smallest interval');
    expect(() => interval({ velocity: Number.NaN })).toThrow('never negative');
    expect(() => interval({ budgetChance: 1.1 })).toThrow('between 0 and 1');
  });
});

it('one view is worth a thousandth of the rate', () => {
  expect(usdPerView(parseMicros('10'))).toBe(0.01);
});

it.each([
  ['0', '5', 0],
  ['10', '0', 1],
  ['10', '10', 1],
  ['10', '40', 0.25],
])('with $%s left and $%s expected, the chance of budget is %d', (left, expected, chance) => {
  expect(budgetChance(parseMicros(left), parseMicros(expected))).toBe(chance);
});

it('the chance of budget lies between 0 and 1', () => {
  const some = fc.bigInt(0n, MAX_MICROS).map(micros);
  fc.assert(
    fc.property(some, some, (left, expected) => {
      const chance = budgetChance(left, expected);
      return chance >= 0 && chance <= 1;
    }),
  );
});

describe('velocity', () => {
  it('comes to the true one, however often the clip is read', () => {
    for (const everyMs of [10_000, 60_000, 10 * MINUTE, 4 * HOUR]) {
      let velocity = 0;
      for (let at = 0; at < 100 * HOUR; at += everyMs)
        velocity = nextVelocity(velocity, BigInt(everyMs / 100), everyMs);
      expect(velocity).toBeCloseTo(36_000, 0);
    }
  });

  it('counts a rounding step over the window and not over the seconds in which it was seen', () => {
    const velocity = nextVelocity(0, 100_000n, 10_000);
    expect(velocity).toBeGreaterThan(500_000);
    expect(velocity).toBeLessThan(600_000); // 100,000 views in ten minutes
  });

  it('falls to nothing when growth stops, and falling views are no growth', () => {
    let velocity = 36_000;
    for (let read = 0; read < 60; read++) velocity = nextVelocity(velocity, -50n, MINUTE);
    expect(velocity).toBeLessThan(100);
    expect(velocity).toBeGreaterThan(0);
  });

  it('is not changed by a read out of order', () => {
    expect(nextVelocity(7, 1_000n, 0)).toBe(7);
    expect(nextVelocity(7, 1_000n, -1)).toBe(7);
  });

  it('is never negative and always finite', () => {
    const some = fc.double({ min: 0, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(some, fc.bigInt(-(2n ** 63n), 2n ** 63n), fc.integer(), (previous, delta, elapsedMs) => {
        const velocity = nextVelocity(previous, delta, elapsedMs);
        return velocity >= 0 && Number.isFinite(velocity);
      }),
    );
  });
});

describe('after a failed read', () => {
  it.each<[ReadFailure, number, number]>([
    ['not_found', 1, 3 * HOUR],
    ['not_found', 9, 24 * HOUR],
    ['private', 1, HOUR],
    ['private', 2, 2 * HOUR],
    ['unknown', 1, MINUTE],
    ['unknown', 4, 8 * MINUTE],
    ['unknown', 2_000, HOUR],
    ['throttled', 1, 30_000],
    ['failed', 2, 2 * MINUTE],
    ['failed', 99, 30 * MINUTE],
  ])('%s, the %d. in a row waits %d ms', (kind, failures, waitMs) => {
    expect(backoffMs(kind, failures)).toBe(waitMs);
  });

  it('the failure itself is counted', () => {
    expect(() => backoffMs('unknown', 0)).toThrow('the failure itself is counted');
  });
});

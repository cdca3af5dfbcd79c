import { micros } from '@clipmeter/core/money';
import { describe, expect, test } from 'vitest';
import { type BatchQuestion, projectedCostMicros, shouldStartRun } from '#src/should-start-run.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const HOUR_MS = 3_600_000;
const fresh = { urgent: false, asked: false, lastReadAt: new Date(NOW.getTime() - HOUR_MS) };

/** TikTok's prices: a minimum of $0.50 a run, $3.70 per 1,000 results, so a run is worth it from 136 clips on. */
function ask(changes: Partial<BatchQuestion> & { clips?: number } = {}) {
  const { clips = 1, ...rest } = changes;
  return shouldStartRun({
    due: Array.from({ length: clips }, () => fresh),
    minimumChargeMicros: micros(500_000n),
    pricePerResultMicros: micros(3_700n),
    maxIntervalMs: 4 * HOUR_MS,
    spentTodayMicros: micros(0n),
    dailyLimitMicros: micros(5_000_000n),
    now: NOW,
    ...rest,
  });
}

describe('a run is started', () => {
  test('when its results come to the minimum charge', () => {
    expect(ask({ clips: 136 })).toEqual({ start: true, clips: 136 });
    expect(ask({ clips: 135 })).toEqual({ start: false, why: 'below_minimum_charge' });
  });

  test('when one clip is urgent, however few are due', () => {
    expect(ask({ due: [{ ...fresh, urgent: true }, fresh] })).toEqual({ start: true, clips: 2 });
  });

  test('when somebody asked for a round over one of them', () => {
    expect(ask({ due: [{ ...fresh, asked: true }, fresh] })).toEqual({ start: true, clips: 2 });
    const spentTodayMicros = micros(4_600_000n);
    expect(ask({ due: [{ ...fresh, asked: true }], spentTodayMicros })).toEqual({ start: false, why: 'daily_limit' });
  });

  test('when one clip is at its largest interval', () => {
    const atLargest = { urgent: false, asked: false, lastReadAt: new Date(NOW.getTime() - 4 * HOUR_MS) };
    const almost = { urgent: false, asked: false, lastReadAt: new Date(NOW.getTime() - 4 * HOUR_MS + 1) };
    expect(ask({ due: [atLargest] })).toEqual({ start: true, clips: 1 });
    expect(ask({ due: [almost] })).toMatchObject({ start: false });
  });

  test('when a clip was never read', () => {
    expect(ask({ due: [{ urgent: false, asked: false, lastReadAt: null }] })).toMatchObject({ start: true });
  });

  test('for any due clip where a run has no minimum charge', () => {
    expect(ask({ minimumChargeMicros: micros(0n) })).toEqual({ start: true, clips: 1 });
  });
});

describe('a run is not started', () => {
  test('for nothing', () => {
    expect(ask({ due: [] })).toEqual({ start: false, why: 'nothing_due' });
  });

  test("when it would take the day's spending over its limit, however urgent", () => {
    const spent = { spentTodayMicros: micros(4_600_000n), due: [{ ...fresh, urgent: true }] };
    expect(ask(spent)).toEqual({ start: false, why: 'daily_limit' });
  });

  test('when more than the limit was spent already', () => {
    expect(ask({ clips: 200, spentTodayMicros: micros(9_000_000n) })).toEqual({ start: false, why: 'daily_limit' });
  });
});

test('near the limit a batch is cut to what is affordable', () => {
  expect(ask({ clips: 300, spentTodayMicros: micros(4_000_000n) })).toEqual({ start: true, clips: 270 });
});

test('without a limit everything due is read', () => {
  expect(ask({ clips: 300, dailyLimitMicros: null, spentTodayMicros: micros(9_000_000n) })).toEqual({
    start: true,
    clips: 300,
  });
});

test('the projected cost is never below the minimum charge', () => {
  const price = { minimumChargeMicros: micros(500_000n), pricePerResultMicros: micros(3_700n) };
  expect(projectedCostMicros(1, price)).toBe(500_000n);
  expect(projectedCostMicros(1_000, price)).toBe(3_700_000n);
});

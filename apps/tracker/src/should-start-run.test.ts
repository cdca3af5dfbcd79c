import { micros, parseMicros } from '@clipmeter/core/money';
import { describe, expect, test } from 'vitest';
import { type BatchQuestion, projectedCostMicros, shouldStartRun } from '#src/should-start-run.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const HOUR_MS = 3_600_000;
const fresh = { urgent: false, asked: false, lastReadAt: new Date(NOW.getTime() - HOUR_MS) };

/** TikTok's prices: a minimum of $0.50 a run, $3.70 per 1,000 results, so a run is worth it from 136 clips on. */
function ask(
  changes: Partial<BatchQuestion> & {
    clips?: number;
    spent?: string;
    dayShare?: number;
    lastRunShare?: number;
    limit?: string;
  } = {},
) {
  const { clips = 1, spent = '0', limit = '5', dayShare = 1, lastRunShare = dayShare, ...rest } = changes;
  const spentMicros = parseMicros(spent);
  return shouldStartRun({
    due: Array.from({ length: clips }, () => fresh),
    minimumChargeMicros: micros(500_000n),
    pricePerResultMicros: micros(3_700n),
    maxIntervalMs: 4 * HOUR_MS,
    day: { limitMicros: parseMicros(limit), spentMicros, readsMicros: spentMicros, dayShare, lastRunShare },
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
    const beyond = { due: [{ ...fresh, asked: true }], spent: '4.6' };
    expect(ask(beyond)).toEqual({ start: false, why: 'daily_limit' });
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
    const spent = { spent: '4.6', due: [{ ...fresh, urgent: true }] };
    expect(ask(spent)).toEqual({ start: false, why: 'daily_limit' });
  });

  test('when more than the limit was spent already', () => {
    expect(ask({ clips: 200, spent: '9' })).toEqual({ start: false, why: 'daily_limit' });
  });
});

test('near the limit a batch is cut to what is affordable', () => {
  expect(ask({ clips: 300, spent: '4' })).toEqual({ start: true, clips: 270 });
});

describe('the limit lasts for the day', () => {
  const waitedFor = { ...fresh, urgent: true };

  test('a run waits for the line of spending, and one run of the least charge may be ahead of it', () => {
    expect(ask({ clips: 300, dayShare: 0 })).toEqual({ start: true, clips: 135 });
    expect(ask({ clips: 300, dayShare: 0, spent: '0.5' })).toEqual({ start: false, why: 'paced' });
    expect(ask({ clips: 300, dayShare: 0.5, spent: '2.5' })).toEqual({ start: true, clips: 135 });
    expect(ask({ clips: 300, dayShare: 0.5, spent: '2.6' })).toEqual({ start: false, why: 'paced' });
  });

  test('a run that is billed more than its reads must not be ahead at all', () => {
    const overdue = [{ ...fresh, lastReadAt: null }];
    expect(ask({ due: overdue, limit: '50', dayShare: 0.5, spent: '25' })).toEqual({ start: true, clips: 1 });
    expect(ask({ due: overdue, limit: '50', dayShare: 0.5, spent: '25.1' })).toEqual({ start: false, why: 'paced' });
    expect(ask({ clips: 136, limit: '50', dayShare: 0.5, spent: '25.1' })).toEqual({ start: true, clips: 136 });
  });

  test('ahead of the line what is left is spread over what is left of the day', () => {
    const ahead = { clips: 300, dayShare: 0.5, spent: '4' };
    expect(ask({ ...ahead, lastRunShare: 0.1 })).toEqual({ start: false, why: 'paced' });
    expect(ask({ ...ahead, lastRunShare: 0 })).toEqual({ start: true, clips: 135 });
    expect(ask({ ...ahead, due: [{ ...fresh, lastReadAt: null }], lastRunShare: 0 })).toEqual({
      start: true,
      clips: 1,
    });
  });

  test('whoever waits does not wait for it, and takes along only what the least charge pays for', () => {
    const due = [waitedFor, ...Array.from({ length: 299 }, () => fresh)];
    expect(ask({ due, dayShare: 0.1, spent: '4' })).toEqual({ start: true, clips: 135 });
    expect(ask({ due: due.map(() => waitedFor), dayShare: 0.1, spent: '4' })).toEqual({ start: true, clips: 270 });
    expect(ask({ due, dayShare: 0.1, spent: '4.6' })).toEqual({ start: false, why: 'daily_limit' });
  });

  test('where reads are free there is nothing to spread', () => {
    const free = { minimumChargeMicros: micros(0n), pricePerResultMicros: micros(0n), limit: '0' };
    expect(ask({ ...free, clips: 300, dayShare: 0 })).toEqual({ start: true, clips: 300 });
  });
});

test('without a limit everything due is read', () => {
  expect(ask({ clips: 300, day: null })).toEqual({ start: true, clips: 300 });
});

test('the projected cost is never below the minimum charge', () => {
  const price = { minimumChargeMicros: micros(500_000n), pricePerResultMicros: micros(3_700n) };
  expect(projectedCostMicros(1, price)).toBe(500_000n);
  expect(projectedCostMicros(1_000, price)).toBe(3_700_000n);
});

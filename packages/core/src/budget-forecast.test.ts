import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetLasts, budgetPace } from '#src/budget-forecast.ts';
import { micros, parseMicros } from '#src/money.ts';

const HOUR_MS = 3_600_000;
const spend = (older: string, newer: string, hours = 24, reads = 3) => ({
  reads,
  elapsedMs: hours * HOUR_MS,
  olderMicros: parseMicros(older),
  newerMicros: parseMicros(newer),
});

function lastsOf(left: string, recent: ReturnType<typeof spend>) {
  const pace = budgetPace(recent);
  if (pace.kind !== 'moving') throw new Error(pace.kind);
  return budgetLasts(parseMicros(left), pace);
}

describe('how long a budget is likely to last', () => {
  it('is what is left by the spend of the last day, from its faster to its slower half', () => {
    expect(lastsOf('120', spend('10', '20'))).toEqual({ fromMs: 72 * HOUR_MS, toMs: 144 * HOUR_MS });
  });

  it('is one length when the day was even', () => {
    expect(lastsOf('100', spend('25', '25'))).toEqual({ fromMs: 48 * HOUR_MS, toMs: 48 * HOUR_MS });
  });

  it('looks at the time since the start when that is less than a day', () => {
    expect(lastsOf('10', spend('1', '1', 2))).toEqual({ fromMs: 10 * HOUR_MS, toMs: 10 * HOUR_MS });
  });

  it('has no far end when half of the day brought nothing', () => {
    expect(lastsOf('10', spend('0', '10'))).toEqual({ fromMs: 12 * HOUR_MS, toMs: null });
  });

  it('is too early to say under three reads', () => {
    expect(budgetPace(spend('10', '20', 24, 2))).toEqual({ kind: 'early' });
  });

  it('is not asked of a budget that stands still', () => {
    expect(budgetPace(spend('0', '0'))).toEqual({ kind: 'still' });
  });

  it('does not run wild in the first second', () => {
    expect(lastsOf('60', { ...spend('1', '1'), elapsedMs: 0 })).toEqual({ fromMs: 1_800_000, toMs: 1_800_000 });
  });

  it('never ends before it begins, whatever was spent', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n }).map(micros);
    fc.assert(
      fc.property(amount, amount, amount, fc.integer({ min: 0, max: 86_400_000 }), (left, older, newer, elapsedMs) => {
        const pace = budgetPace({ reads: 3, elapsedMs, olderMicros: older, newerMicros: newer });
        fc.pre(pace.kind === 'moving');
        const { fromMs, toMs } = budgetLasts(left, pace);
        expect(fromMs).toBeGreaterThanOrEqual(0);
        expect(toMs ?? fromMs).toBeGreaterThanOrEqual(fromMs);
      }),
    );
  });
});

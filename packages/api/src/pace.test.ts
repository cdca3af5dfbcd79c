import { micros, parseMicros } from '@clipmeter/core/money';
import { describe, expect, it } from 'vitest';
import { paceOf } from '#src/pace.ts';

const HOUR_MS = 3_600_000;

describe('the pace of a budget', () => {
  it('is what a day brings at the rate of the time measured', () => {
    const pace = paceOf({
      creditedMicros: parseMicros('100'),
      elapsedMs: 12 * HOUR_MS,
      leftMicros: parseMicros('499'),
    });
    expect(pace).toEqual({ perDayMicros: parseMicros('200'), daysLeft: 2 });
  });

  it('is unknown where nothing moves', () => {
    expect(paceOf({ creditedMicros: micros(0n), elapsedMs: HOUR_MS, leftMicros: parseMicros('5') })).toEqual({
      perDayMicros: null,
      daysLeft: null,
    });
  });

  it('does not run wild in the first second', () => {
    const pace = paceOf({ creditedMicros: parseMicros('1'), elapsedMs: 0, leftMicros: parseMicros('2880') });
    expect(pace).toEqual({ perDayMicros: parseMicros('1440'), daysLeft: 2 });
  });
});

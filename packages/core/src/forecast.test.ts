import { describe, expect, it } from 'vitest';
import type { FrozenTerms } from '#src/earnings.ts';
import { expectedMicros, type ForecastInput } from '#src/forecast.ts';
import { parseMicros as usd, ZERO_MICROS } from '#src/money.ts';

const HOUR_MS = 3_600_000;

const terms: FrozenTerms = {
  metric: 'plays',
  initialViews: 1_000n,
  ratePer1000Micros: usd('10'),
  capMicros: null,
  minViews: 0n,
  carriedMicros: ZERO_MICROS,
};

const clip: ForecastInput = {
  terms,
  creditedMicros: usd('40'),
  views: 5_000n,
  velocity: 1_000,
  untilReadMs: HOUR_MS,
};

describe('what a clip is expected to be credited at its next read', () => {
  it.each<[string, Partial<ForecastInput>, string]>([
    ['is its growth until then', {}, '10'],
    ['is nothing when it does not grow', { velocity: 0 }, '0'],
    ['counts what a pause held back', { velocity: 0, creditedMicros: usd('30') }, '10'],
    ['stops at its cap', { terms: { ...terms, capMicros: usd('42') } }, '2'],
    ['is nothing below the minimum', { terms: { ...terms, minViews: 6_000n }, creditedMicros: ZERO_MICROS }, '0'],
    [
      'is everything since the baseline when the minimum comes into reach',
      { terms: { ...terms, minViews: 5_000n }, creditedMicros: ZERO_MICROS },
      '50',
    ],
    ['is nothing while views that fell are caught up', { views: 3_000n }, '0'],
    ['counts whole views only', { untilReadMs: 5_000 }, '0.01'],
  ])('%s', (_, more, expected) => {
    expect(expectedMicros({ ...clip, ...more })).toBe(usd(expected));
  });

  it('survives an absurd velocity', () => {
    expect(expectedMicros({ ...clip, velocity: 1e300 })).toBe(usd('10000000000'));
  });
});

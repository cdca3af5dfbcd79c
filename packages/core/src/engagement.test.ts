import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AGE_BANDS, ageBandOf, engagementRate, judgeEngagement, PEERS_MIN } from '#src/engagement.ts';

describe('clips of like age', () => {
  test('every age is in exactly one band', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 86_400_000 }), (ageMs) => {
        const holding = AGE_BANDS.filter(({ fromMs, toMs }) => fromMs <= ageMs && (toMs === null || ageMs < toMs));
        expect(holding).toEqual([ageBandOf(ageMs)]);
      }),
    );
  });
  test('a clip of tomorrow, by a clock that is fast, is a new one', () => {
    expect(ageBandOf(-60_000)).toBe(AGE_BANDS[0]);
  });
});

describe('engagement', () => {
  test('is what was told of likes, comments and shares for each view', () => {
    expect(engagementRate({ views: 1_000n, likes: 40n, comments: 8n, shares: 2n })).toBe(0.05);
    expect(engagementRate({ views: 1_000n, likes: 40n, comments: null, shares: null })).toBe(0.04);
  });
  test('is unknown without views, or when the platform tells nothing', () => {
    expect(engagementRate({ views: 0n, likes: 4n, comments: 0n, shares: 0n })).toBeNull();
    expect(engagementRate({ views: 10n, likes: null, comments: null, shares: null })).toBeNull();
  });
});

describe('a verdict', () => {
  const peers = { count: PEERS_MIN, low: 0.01, high: 0.2 };
  test('is unusual only outside the 1st and the 99th percentile, with both figures', () => {
    expect(judgeEngagement(0.009, peers)).toEqual({ kind: 'below', rate: 0.009, low: 0.01, high: 0.2 });
    expect(judgeEngagement(0.01, peers).kind).toBe('usual');
    expect(judgeEngagement(0.2, peers).kind).toBe('usual');
    expect(judgeEngagement(0.21, peers)).toEqual({ kind: 'above', rate: 0.21, low: 0.01, high: 0.2 });
  });
  test('needs 30 peers', () => {
    expect(judgeEngagement(0.9, { ...peers, count: PEERS_MIN - 1 })).toEqual({ kind: 'too_few', rate: 0.9 });
    expect(judgeEngagement(0.9, { count: 0, low: null, high: null })).toEqual({ kind: 'too_few', rate: 0.9 });
  });
  test('is unknown where the clip’s own engagement is', () => {
    expect(judgeEngagement(null, peers)).toEqual({ kind: 'unknown' });
  });
});

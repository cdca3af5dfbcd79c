import { describe, expect, it } from 'vitest';
import { type CampaignOffer, publishBlockers, rateOn, viewsForOffer } from '#src/campaign-offer.ts';
import { parseMicros } from '#src/money.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const READY: CampaignOffer = {
  title: 'Launch',
  brand: 'Acme',
  budgetMicros: parseMicros('1000'),
  rateMicros: parseMicros('2'),
  rates: [],
  minViews: 0n,
  platforms: ['TIKTOK', 'YOUTUBE'],
  startsAt: null,
  deadline: new Date('2026-12-22T12:00:00Z'),
};

describe('what keeps a campaign from being published', () => {
  it('is nothing when its offer is whole', () => {
    expect(publishBlockers(READY, NOW)).toEqual([]);
  });

  it.each<[string, Partial<CampaignOffer>]>([
    ['Give the campaign a title.', { title: ' ' }],
    ['Name the brand.', { brand: '' }],
    ['Choose at least one platform.', { platforms: [] }],
    ['Set a budget.', { budgetMicros: null }],
    ['Set a rate per 1,000 views.', { rateMicros: null }],
    ['Set a deadline.', { deadline: null }],
    ['The deadline has passed: set a later one.', { deadline: NOW }],
    ['The deadline must be after the start.', { startsAt: READY.deadline }],
    [
      'The budget ends before a clip reaches the minimum views: raise the one or lower the other.',
      { minViews: 500_001n },
    ],
  ])('is said in a sentence: %s', (sentence, lack) => {
    expect(publishBlockers({ ...READY, ...lack }, NOW)).toEqual([sentence]);
  });

  it('is told all at once for an empty form', () => {
    const empty = {
      ...READY,
      title: '',
      brand: '',
      budgetMicros: null,
      rateMicros: null,
      platforms: [],
      deadline: null,
    };
    expect(publishBlockers(empty, NOW)).toHaveLength(6);
  });
});

describe('the views that a budget pays for', () => {
  it('are budget over rate: $1,000 at $2 are 500,000', () => {
    expect(viewsForOffer(READY)).toEqual({ atLeast: 500_000n, atMost: 500_000n });
  });

  it('are a range where platforms pay differently', () => {
    const rates = [{ platform: 'YOUTUBE' as const, rateMicros: parseMicros('4') }];
    expect(viewsForOffer({ ...READY, rates })).toEqual({ atLeast: 250_000n, atMost: 500_000n });
  });

  it('leave out the rate that no platform takes', () => {
    const rates = [{ platform: 'YOUTUBE' as const, rateMicros: parseMicros('4') }];
    expect(viewsForOffer({ ...READY, platforms: ['YOUTUBE'], rates })).toEqual({ atLeast: 250_000n, atMost: 250_000n });
  });
});

it('a platform pays its own rate, and the campaign’s where it has none', () => {
  const terms = { rateMicros: parseMicros('2'), rates: [{ platform: 'X' as const, rateMicros: parseMicros('1') }] };
  expect(rateOn('X', terms)).toBe(parseMicros('1'));
  expect(rateOn('TIKTOK', terms)).toBe(parseMicros('2'));
});

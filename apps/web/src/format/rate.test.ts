import { expect, test } from 'vitest';
import { ratesByPlatform, rateText } from '#src/format/rate.ts';

const offer = { platforms: ['TIKTOK' as const, 'YOUTUBE' as const], ratePer1000: '2.000000', rates: [] };

test('a rate is one amount, or a range where platforms pay differently', () => {
  expect(rateText(offer)).toBe('$2.00');
  expect(rateText({ ...offer, rates: [{ platform: 'YOUTUBE', ratePer1000: '3.500000' }] })).toBe('$2.00 to $3.50');
  expect(rateText({ ...offer, rates: [{ platform: 'YOUTUBE', ratePer1000: '2.000000' }] })).toBe('$2.00');
});

test('a platform without a rate of its own pays the campaign’s', () => {
  expect(ratesByPlatform({ ...offer, rates: [{ platform: 'YOUTUBE', ratePer1000: '3.500000' }] })).toEqual([
    { platform: 'TIKTOK', ratePer1000: '2.000000' },
    { platform: 'YOUTUBE', ratePer1000: '3.500000' },
  ]);
});

import { expect, test } from 'vitest';
import { shownViews } from '#src/video.ts';

test.each([
  [9_999, 9_999],
  [10_049, 10_000],
  [53_000, 53_000],
  [53_199, 53_100],
  [999_999, 999_900],
  [2_749_999, 2_700_000],
])('TikTok tells %i views as %i', (views, shown) => {
  expect(shownViews('TIKTOK', views)).toBe(shown);
});

test('other platforms tell every view', () => {
  expect(shownViews('YOUTUBE', 2_749_999)).toBe(2_749_999);
});

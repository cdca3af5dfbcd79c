import { expect, test } from 'vitest';
import { applyEarnings, applyViews, type LiveClip } from '#src/live/clip-rows.ts';

function row(clipId: string, rank: number, views: number): LiveClip {
  return {
    clipId,
    submissionId: `s-${clipId}`,
    campaignId: 'campaign',
    rank,
    version: 10,
    platform: 'TIKTOK',
    url: 'https://www.tiktok.com/@ada/video/1',
    title: null,
    authorHandle: 'ada',
    thumbnailUrl: null,
    publishedAt: null,
    availability: 'LIVE',
    status: 'APPROVED',
    metric: 'plays',
    views,
    initialViews: 1000,
    doubtful: false,
    lastReadAt: null,
    grewAt: null,
    standing: null,
    nextReadAt: null,
    mine: true,
    credited: '1.000000',
    earnings: '1.000000',
    clipper: null,
  };
}

const rows = [row('a', 1, 5000), row('b', 2, 4000)];

test('a clip that overtakes another changes rank with it', () => {
  const after = applyViews(rows, [{ clipId: 'b', version: 11, views: 9000, readAt: '2026-11-22T14:03:00.000Z' }]);
  expect(after.map((each) => [each.clipId, each.rank, each.views])).toEqual([
    ['b', 1, 9000],
    ['a', 2, 5000],
  ]);
});

test('views that are not newer change nothing at all', () => {
  expect(applyViews(rows, [{ clipId: 'a', version: 10, views: 1, readAt: null }])).toBe(rows);
  expect(applyViews(rows, [{ clipId: 'elsewhere', version: 99, views: 1, readAt: null }])).toBe(rows);
});

test('falling views are shown falling', () => {
  const after = applyViews(rows, [{ clipId: 'a', version: 11, views: 4500, readAt: null }]);
  expect(after[0]).toMatchObject({ clipId: 'a', views: 4500 });
});

test('a credit counts although a later read without a credit was seen first', () => {
  const seen = applyViews(rows, [{ clipId: 'a', version: 12, views: 5200, readAt: null }]);
  const after = applyEarnings(seen, [{ clipId: 'a', version: 11, earnings: '2.000000', credited: '2.000000' }]);
  expect(after[0]).toMatchObject({ version: 12, views: 5200, earnings: '2.000000' });
});

test('a credit that is not newer is dropped', () => {
  const after = applyEarnings(rows, [{ clipId: 'a', version: 12, earnings: '3.000000', credited: '3.000000' }]);
  expect(applyEarnings(after, [{ clipId: 'a', version: 11, earnings: '2.000000', credited: '2.000000' }])).toBe(after);
  expect(applyEarnings(rows, [{ clipId: 'a', version: 10, earnings: '0.500000', credited: '0.500000' }])).toBe(rows);
});

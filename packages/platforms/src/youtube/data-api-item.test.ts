import { expect, test } from 'vitest';
import { readDataApiItem } from '#src/youtube/data-api-item.ts';

const shown = {
  kind: 'youtube#video',
  id: 'dQw4w9WgXcQ',
  snippet: {
    publishedAt: '2025-09-18T04:57:01Z',
    channelId: 'UC0123456789012345678901',
    title: 'A short',
    channelTitle: 'Mira',
    thumbnails: { default: { url: 'https://i.ytimg.com/d.jpg' }, high: { url: 'https://i.ytimg.com/h.jpg' } },
  },
  contentDetails: { duration: 'PT3M17S' },
  status: { privacyStatus: 'unlisted' },
  statistics: { viewCount: '1234', commentCount: '0' },
};

test('counts are strings; a hidden like count is unknown, a zero is a zero', () => {
  expect(readDataApiItem(shown)).toEqual({
    externalId: 'dQw4w9WgXcQ',
    askedUrls: [],
    ownUrls: [],
    outcome: {
      kind: 'found',
      counts: { views: 1_234n },
      engagement: { comments: 0n },
      authorId: 'UC0123456789012345678901',
      authorHandle: null,
      publishedAt: new Date('2025-09-18T04:57:01Z'),
      title: 'A short',
      thumbnailUrl: 'https://i.ytimg.com/h.jpg',
      durationMs: 197_000,
      raw: shown,
    },
  });
});

test('a private video is private, and one without statistics unknown', () => {
  expect(readDataApiItem({ ...shown, status: { privacyStatus: 'private' } })?.outcome.kind).toBe('private');
  expect(readDataApiItem({ ...shown, statistics: undefined })?.outcome.kind).toBe('unknown');
  expect(readDataApiItem({ ...shown, statistics: { viewCount: null } })?.outcome.kind).toBe('unknown');
});

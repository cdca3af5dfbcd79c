import { expect, test } from 'vitest';
import { readYoutubeActorItem } from '#src/youtube/actor-item.ts';

const URL = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';

const shown = {
  id: 'dQw4w9WgXcQ',
  title: 'A short',
  type: 'shorts',
  url: 'https://www.youtube.com/shorts/dQw4w9WgXcQ',
  input: URL,
  viewCount: 1_234,
  likes: null,
  commentsCount: 5,
  date: '2025-09-18T04:57:01.000Z',
  duration: '00:03:17',
  channelName: 'Mira',
  channelId: 'UC0123456789012345678901',
  channelUsername: 'mira',
};

test('a shown video gives its views; hidden likes are unknown', () => {
  expect(readYoutubeActorItem(shown)).toMatchObject({
    externalId: 'dQw4w9WgXcQ',
    outcome: {
      kind: 'found',
      counts: { views: 1_234n },
      engagement: { comments: 5n },
      authorId: 'UC0123456789012345678901',
      authorHandle: 'mira',
      durationMs: 197_000,
    },
  });
  const { outcome } = readYoutubeActorItem(shown) ?? {};
  expect(outcome?.kind === 'found' && 'likes' in outcome.engagement).toBe(false);
});

test.each([null, -1, 0.5, '1.2M views', undefined])('a view count of %j is unknown', (viewCount) => {
  expect(readYoutubeActorItem({ ...shown, viewCount })?.outcome.kind).toBe('unknown');
});

test.each([
  ['This video is private', 'private'],
  ['Private video', 'private'],
  ['This video is unavailable', 'not_found'],
  ['Video unavailable', 'not_found'],
  ['NOT_FOUND', 'not_found'],
  ['This video has been removed by the uploader', 'not_found'],
  ['no_items', 'unknown'],
  ['Request blocked', 'unknown'],
  ['Service unavailable', 'unknown'],
  ['Page not available at the moment', 'unknown'],
])('an error row that says "%s" is %s', (error, kind) => {
  expect(readYoutubeActorItem({ url: URL, input: URL, error })?.outcome.kind).toBe(kind);
});

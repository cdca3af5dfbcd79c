import { expect, test } from 'vitest';
import { readInstagramItem } from '#src/instagram/item.ts';

const CODE = 'C8x_Zb-tQ1a';
const URL = `https://www.instagram.com/p/${CODE}/`;

const shown = {
  inputUrl: `https://www.instagram.com/reel/${CODE}/`,
  id: '3391234567890123456',
  type: 'Video',
  productType: 'clips',
  shortCode: CODE,
  url: URL,
  caption: 'Best goals of the week',
  hashtags: [],
  timestamp: '2025-09-18T04:57:01.000Z',
  likesCount: 4_100,
  commentsCount: 12,
  videoViewCount: 29_000,
  videoPlayCount: 53_000,
  videoDuration: 17.5,
  displayUrl: 'https://scontent.cdninstagram.example/a.jpg',
  ownerUsername: 'mira',
  ownerId: '51234567890',
  coauthorProducers: [{ id: '5999', username: 'partner' }, null, { username: 'nameless' }],
};

test('a shown reel gives both of its counts, each by its name', () => {
  expect(readInstagramItem(shown)).toEqual({
    externalId: CODE,
    askedUrls: [shown.inputUrl],
    ownUrls: [URL],
    outcome: {
      kind: 'found',
      counts: { plays: 53_000n, views: 29_000n },
      engagement: { likes: 4_100n, comments: 12n },
      authorId: '51234567890',
      authorHandle: 'mira',
      coauthorIds: ['5999'],
      publishedAt: new Date('2025-09-18T04:57:01.000Z'),
      title: 'Best goals of the week',
      thumbnailUrl: 'https://scontent.cdninstagram.example/a.jpg',
      durationMs: 17_500,
      raw: shown,
    },
  });
});

test.each([
  [{ videoPlayCount: null }, { views: 29_000n }],
  [{ videoViewCount: null }, { plays: 53_000n }],
  [{ videoPlayCount: undefined }, { views: 29_000n }],
  [{ videoPlayCount: -1 }, { views: 29_000n }],
  [{ videoPlayCount: 0 }, { plays: 0n, views: 29_000n }],
])('with %j it has only the counts that are definite', (change, counts) => {
  const outcome = readInstagramItem({ ...shown, ...change })?.outcome;
  expect(outcome?.kind === 'found' && outcome.counts).toEqual(counts);
});

test('a reel without either count is unknown, and so is a picture', () => {
  const both = { videoPlayCount: null, videoViewCount: null };
  expect(readInstagramItem({ ...shown, ...both })?.outcome.kind).toBe('unknown');
  expect(readInstagramItem({ ...shown, ...both, type: 'Image' })?.outcome.kind).toBe('unknown');
});

test('likes of -1 are hidden, not counted', () => {
  const outcome = readInstagramItem({ ...shown, likesCount: -1 })?.outcome;
  expect(outcome).toMatchObject({ kind: 'found', engagement: { comments: 12n } });
  expect(outcome?.kind === 'found' && 'likes' in outcome.engagement).toBe(false);
});

test.each([
  ['not_found', 'not_found'],
  ['no_items', 'unknown'],
  ['blocked', 'unknown'],
])('an error row that says %s is %s', (error, kind) => {
  const row = { url: URL, inputUrl: URL, error, errorDescription: 'Empty or private data' };
  expect(readInstagramItem(row)).toMatchObject({
    externalId: null,
    askedUrls: [URL],
    ownUrls: [URL],
    outcome: { kind },
  });
});

test('strange fields beside the counts do not cost the counts', () => {
  const strange = { ...shown, coauthorProducers: 'x', timestamp: 7, ownerId: {}, caption: [], videoDuration: 'long' };
  expect(readInstagramItem(strange)?.outcome).toMatchObject({
    kind: 'found',
    counts: { plays: 53_000n },
    authorId: null,
    publishedAt: null,
  });
});

test('rows that say nothing are unknown, and what is no object is no item', () => {
  expect(readInstagramItem({ noResults: true })?.outcome).toEqual({ kind: 'unknown', reason: 'noResults' });
  expect(readInstagramItem({})?.outcome.kind).toBe('unknown');
  for (const value of [null, 'text', 3, undefined]) expect(readInstagramItem(value)).toBeNull();
});

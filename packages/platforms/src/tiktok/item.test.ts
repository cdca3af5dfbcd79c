import { expect, test } from 'vitest';
import { readTiktokItem } from '#src/tiktok/item.ts';

const ID = '7234567890123456789';
const URL = `https://www.tiktok.com/@mira/video/${ID}`;

const shown = {
  id: ID,
  text: 'Best goals of the week #fyp',
  createTime: 1_758_171_421,
  createTimeISO: '2025-09-18T04:57:01.000Z',
  webVideoUrl: URL,
  submittedVideoUrl: URL,
  playCount: 53_000,
  diggCount: 4_100,
  shareCount: 90,
  commentCount: 12,
  collectCount: 300,
  authorMeta: { id: '6890000000000000001', name: 'mira', nickName: 'Mira', privateAccount: false },
  videoMeta: { duration: 17, coverUrl: 'https://p16-sign.tiktokcdn.example/a.jpeg' },
  isSlideshow: false,
};

test('a shown video gives its plays and everything known about it', () => {
  expect(readTiktokItem(shown)).toEqual({
    externalId: ID,
    askedUrls: [URL],
    ownUrls: [URL],
    outcome: {
      kind: 'found',
      counts: { plays: 53_000n },
      engagement: { likes: 4_100n, comments: 12n, shares: 90n, saves: 300n },
      authorId: '6890000000000000001',
      authorHandle: 'mira',
      publishedAt: new Date('2025-09-18T04:57:01.000Z'),
      title: 'Best goals of the week #fyp',
      thumbnailUrl: 'https://p16-sign.tiktokcdn.example/a.jpeg',
      durationMs: 17_000,
      raw: shown,
    },
  });
});

test('a definite zero is a count', () => {
  expect(readTiktokItem({ ...shown, playCount: 0 })?.outcome).toMatchObject({ kind: 'found', counts: { plays: 0n } });
});

test.each([null, undefined, -1, 12.5, '53K', Number.NaN, []])('a play count of %j is unknown', (playCount) => {
  expect(readTiktokItem({ ...shown, playCount })?.outcome).toMatchObject({ kind: 'unknown' });
});

test('strange fields beside the count do not cost the count', () => {
  const strange = {
    ...shown,
    authorMeta: 'mira',
    videoMeta: null,
    text: 7,
    createTimeISO: {},
    createTime: 'x',
    diggCount: -1,
  };
  expect(readTiktokItem(strange)?.outcome).toMatchObject({
    kind: 'found',
    counts: { plays: 53_000n },
    engagement: { comments: 12n },
    authorId: null,
    publishedAt: null,
    title: null,
  });
});

test.each([
  ['NOT_FOUND', 'not_found'],
  ['PRIVATE_POST', 'private'],
  ['PROFILE_PRIVATE', 'private'],
  ['PROFILE_EMPTY', 'unknown'],
  ['INVALID_URLS', 'unknown'],
  ['BLOCKED', 'unknown'],
  ['constructor', 'unknown'],
])('an error row with the code %s is %s', (errorCode, kind) => {
  const row = { url: URL, error: 'Post not found or private.', errorCode };
  expect(readTiktokItem(row)).toMatchObject({ externalId: null, ownUrls: [URL], outcome: { kind } });
});

test('rows that say nothing are unknown, and what is no object is no item', () => {
  expect(readTiktokItem({ url: URL, error: 'no_items' })?.outcome.kind).toBe('unknown');
  expect(readTiktokItem({ noResults: true })?.outcome).toEqual({ kind: 'unknown', reason: 'noResults' });
  expect(readTiktokItem({ type: 'mock_tweet', id: -1 })).toMatchObject({
    externalId: null,
    outcome: { kind: 'unknown' },
  });
  expect(readTiktokItem({})?.outcome.kind).toBe('unknown');
  for (const value of [null, 'text', 3, undefined]) expect(readTiktokItem(value)).toBeNull();
});

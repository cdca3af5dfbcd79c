import { expect, test } from 'vitest';
import { readTweetItem } from '#src/x/item.ts';
import { readTweetTime } from '#src/x/tweet-time.ts';

const ID = '1968541234567890123';
const URL = `https://x.com/mira/status/${ID}`;

const shown = {
  type: 'tweet',
  id: ID,
  url: URL,
  twitterUrl: `https://twitter.com/mira/status/${ID}`,
  text: 'Best goals of the week',
  viewCount: 53_000,
  likeCount: 4_100,
  replyCount: 12,
  retweetCount: 90,
  quoteCount: 18,
  bookmarkCount: 300,
  createdAt: 'Thu Sep 18 04:57:01 +0000 2025',
  author: { userName: 'mira', id: '144', name: 'Mira', description: 'clips', followers: 7 },
};

test('a shown post gives its impressions and everything known about it', () => {
  expect(readTweetItem(shown)).toEqual({
    externalId: ID,
    askedUrls: [],
    ownUrls: [URL, shown.twitterUrl],
    outcome: {
      kind: 'found',
      counts: { impressions: 53_000n },
      engagement: { likes: 4_100n, comments: 12n, reposts: 90n, quotes: 18n, saves: 300n },
      authorId: '144',
      authorHandle: 'mira',
      publishedAt: new Date('2025-09-18T04:57:01.000Z'),
      title: 'Best goals of the week',
      thumbnailUrl: null,
      durationMs: null,
      raw: shown,
    },
  });
});

test.each([null, undefined, -1, '53K', 0.5])('a view count of %j is unknown', (viewCount) => {
  expect(readTweetItem({ ...shown, viewCount })?.outcome.kind).toBe('unknown');
});

test.each([
  [{ type: 'mock_tweet', id: -1, text: 'No tweet was found.' }, 'a mock row'],
  [{ type: 'mock_tweet', id: -1, viewCount: 5_000 }, 'a mock row'],
  [{ noResults: true }, 'noResults'],
  [{ error: 'rate limited' }, 'rate limited'],
])('%j is padding: unknown, and about no post', (row, reason) => {
  expect(readTweetItem(row)).toEqual({
    externalId: null,
    askedUrls: [],
    ownUrls: [],
    outcome: { kind: 'unknown', reason },
  });
});

test('an id that arrives as a rounded number is not taken; the address still names the post', () => {
  expect(readTweetItem({ ...shown, id: Number(ID) })).toMatchObject({
    externalId: null,
    askedUrls: [],
    ownUrls: [URL, shown.twitterUrl],
  });
});

test('what is no object is no item', () => {
  for (const value of [null, 'text', 3, undefined]) expect(readTweetItem(value)).toBeNull();
});

test.each([
  ['Thu Sep 18 04:57:01 +0000 2025', '2025-09-18T04:57:01.000Z'],
  ['Mon Dec 01 23:59:59 -0330 2025', '2025-12-02T03:29:59.000Z'],
])('the instant %s is %s', (text, iso) => {
  expect(readTweetTime(text)?.toISOString()).toBe(iso);
});

test.each(['', 'Thu Foo 18 04:57:01 +0000 2025', 'Thu Sep 99 04:57:01 +0000 2025', '2 days ago', 'Sep 18 2025'])(
  '"%s" is no instant',
  (text) => {
    expect(readTweetTime(text)).toBeNull();
  },
);

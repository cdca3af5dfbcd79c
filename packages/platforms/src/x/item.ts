import { z } from 'zod';
import { addresses, missing, type ReadItem, shownVideo } from '#src/read-item.ts';
import { readInstant, wireCount, wireId, wireText } from '#src/wire-value.ts';
import { readTweetTime } from '#src/x/tweet-time.ts';

const author = z.looseObject({ id: wireId, userName: wireText }).nullish().catch(null);

/** A row of the tweet scraper: a post, or padding where there is none. */
const tweetItem = z.looseObject({
  type: wireText,
  id: wireId,
  url: wireText,
  twitterUrl: wireText,
  text: wireText,
  viewCount: wireCount,
  likeCount: wireCount,
  replyCount: wireCount,
  retweetCount: wireCount,
  quoteCount: wireCount,
  bookmarkCount: wireCount,
  createdAt: wireText,
  author,
  error: wireText,
  noResults: z.unknown().optional(),
});

type TweetItem = z.infer<typeof tweetItem>;

/** Reads a row of the tweet scraper; null if it is no object. X has no row that says that a post is gone. */
export function readTweetItem(raw: unknown): ReadItem | null {
  const parsed = tweetItem.safeParse(raw);
  if (!parsed.success) return null;
  const item = parsed.data;
  return {
    externalId: item.id !== null && /^\d{1,20}$/.test(item.id) ? item.id : null,
    askedUrls: [],
    ownUrls: addresses(item.url, item.twitterUrl),
    outcome: outcomeOf(item, raw),
  };
}

function outcomeOf(item: TweetItem, raw: unknown): ReadItem['outcome'] {
  if (item.error !== null) return missing('unknown', item.error);
  if (item.noResults === true) return missing('unknown', 'noResults');
  if (item.type === 'mock_tweet') return missing('unknown', 'a mock row');
  return shownVideo({
    counts: { impressions: item.viewCount },
    engagement: {
      likes: item.likeCount,
      comments: item.replyCount,
      reposts: item.retweetCount,
      quotes: item.quoteCount,
      saves: item.bookmarkCount,
    },
    authorId: item.author?.id ?? null,
    authorHandle: item.author?.userName ?? null,
    publishedAt: readTweetTime(item.createdAt) ?? readInstant(item.createdAt),
    title: item.text,
    thumbnailUrl: null,
    durationMs: null,
    raw,
  });
}

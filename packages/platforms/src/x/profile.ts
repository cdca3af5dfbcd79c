import { parseMicros } from '@clipmeter/core/money';
import { z } from 'zod';
import { type ProfileAdapter, type ProfileItem, shownProfile } from '#src/apify/profile-adapter.ts';
import { wireId, wireText } from '#src/wire-value.ts';

const author = z
  .looseObject({ id: wireId, userName: wireText, name: wireText, description: z.unknown().optional() })
  .nullish()
  .catch(null);

const tweetItem = z.looseObject({ type: wireText, author, error: wireText, noResults: z.unknown().optional() });

/**
 * X's profiles: the newest post with its author. X says nothing of an account that has none or does not exist, so neither
 * is ever "not found" here.
 */
export const tweetProfileActor: ProfileAdapter = {
  platform: 'X',
  actorId: 'kaitoeasyapi/twitter-x-data-tweet-scraper-pay-per-result-cheapest',
  chargeMaxMicros: parseMicros('0.05'),
  itemsMax: 20,
  buildInput: (handle) => ({ from: handle, maxItems: 1, queryType: 'Latest' }),
  readItem: readTweetAuthor,
};

function readTweetAuthor(raw: unknown): ProfileItem | null {
  const parsed = tweetItem.safeParse(raw);
  if (!parsed.success) return null;
  const { type, author, error, noResults } = parsed.data;
  if (error !== null) return { kind: 'unknown', reason: error };
  if (noResults === true || type === 'mock_tweet' || !author)
    return { kind: 'unknown', reason: 'no post of the account' };
  const { id, userName, name, description } = author;
  return shownProfile({ externalId: id, handle: userName, displayName: name, bio: description });
}

import { parseMicros, ZERO_MICROS } from '@clipmeter/core/money';
import { type ActorAdapter, inputIds } from '#src/apify/actor-adapter.ts';
import { readTweetItem } from '#src/x/item.ts';

/** X through a scraper that reads posts by their ids: impressions. */
export const tweetActor: ActorAdapter = {
  platform: 'X',
  actorId: 'kaitoeasyapi/twitter-x-data-tweet-scraper-pay-per-result-cheapest',
  maxBatch: 500,
  minimumChargeMicros: ZERO_MICROS,
  pricePerResultMicros: parseMicros('0.00025'),
  buildInput: (batch) => {
    const tweetIDs = inputIds(batch);
    return { tweetIDs, maxItems: tweetIDs.length, queryType: 'Latest' };
  },
  readItem: readTweetItem,
};

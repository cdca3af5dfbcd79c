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
  // A post that is gone is left out or padded with a mock row, as one that was not fetched is.
  tellsGone: false,
  buildInput: (batch) => {
    const tweetIDs = inputIds(batch);
    return { tweetIDs, maxItems: tweetIDs.length, queryType: 'Latest' };
  },
  readItem: readTweetItem,
};

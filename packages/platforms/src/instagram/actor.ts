import { parseMicros, ZERO_MICROS } from '@clipmeter/core/money';
import { type ActorAdapter, inputUrls } from '#src/apify/actor-adapter.ts';
import { readInstagramItem } from '#src/instagram/item.ts';

/** What both actors of Instagram have in common: prices, limits and the items they send. */
const shared = {
  platform: 'INSTAGRAM',
  maxBatch: 500,
  minimumChargeMicros: ZERO_MICROS,
  pricePerResultMicros: parseMicros('0.0026'),
  tellsGone: true,
  readItem: readInstagramItem,
} as const;

/** Instagram through `apify/instagram-reel-scraper`, which takes addresses in `username`. */
export const instagramReelActor: ActorAdapter = {
  ...shared,
  actorId: 'apify/instagram-reel-scraper',
  buildInput: (batch) => ({ username: inputUrls(batch), resultsLimit: 1 }),
};

/** Instagram through `apify/instagram-scraper`, for when the other one has a bad day. */
export const instagramPostActor: ActorAdapter = {
  ...shared,
  actorId: 'apify/instagram-scraper',
  buildInput: (batch) => ({
    directUrls: inputUrls(batch),
    resultsType: 'posts',
    resultsLimit: 1,
    addParentData: false,
  }),
};

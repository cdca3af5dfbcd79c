import { parseMicros } from '@clipmeter/core/money';
import { type ActorAdapter, inputUrls } from '#src/apify/actor-adapter.ts';
import { readTiktokItem } from '#src/tiktok/item.ts';

/** TikTok through `clockworks/tiktok-scraper`: plays, with a minimum charge a run. */
export const tiktokActor: ActorAdapter = {
  platform: 'TIKTOK',
  actorId: 'clockworks/tiktok-scraper',
  maxBatch: 500,
  minimumChargeMicros: parseMicros('0.50'),
  pricePerResultMicros: parseMicros('0.0037'),
  tellsGone: true,
  // `postURLs` is spelled like this. Every download costs extra and is off.
  buildInput: (batch) => ({
    postURLs: inputUrls(batch),
    resultsPerPage: 1,
    scrapeRelatedVideos: false,
    shouldDownloadVideos: false,
    shouldDownloadCovers: false,
    shouldDownloadSubtitles: false,
    shouldDownloadSlideshowImages: false,
  }),
  readItem: readTiktokItem,
};

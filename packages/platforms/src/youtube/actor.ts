import { parseMicros, ZERO_MICROS } from '@clipmeter/core/money';
import { type ActorAdapter, inputUrls } from '#src/apify/actor-adapter.ts';
import { readYoutubeActorItem } from '#src/youtube/actor-item.ts';

/** YouTube through `streamers/youtube-scraper`, for those without a key for the Data API. */
export const youtubeActor: ActorAdapter = {
  platform: 'YOUTUBE',
  actorId: 'streamers/youtube-scraper',
  maxBatch: 500,
  minimumChargeMicros: ZERO_MICROS,
  // An assumption on the dear side, for planning only: what a run really cost comes with the run.
  pricePerResultMicros: parseMicros('0.005'),
  tellsGone: true,
  // The three limits count results for each address that is a channel or a search; an address of a video gives one.
  buildInput: (batch) => ({
    startUrls: inputUrls(batch).map((url) => ({ url })),
    maxResults: 1,
    maxResultsShorts: 0,
    maxResultStreams: 0,
    downloadSubtitles: false,
  }),
  readItem: readYoutubeActorItem,
};

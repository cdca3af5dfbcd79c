import type { Platform } from '@clipmeter/core/platform';
import type { ActorAdapter } from '#src/apify/actor-adapter.ts';
import { createActorReader } from '#src/apify/actor-reader.ts';
import { type ApifyAccess, ApifyRuns } from '#src/apify/apify-runs.ts';
import { instagramPostActor, instagramReelActor } from '#src/instagram/actor.ts';
import type { PlatformReader } from '#src/port.ts';
import { tiktokActor } from '#src/tiktok/actor.ts';
import { tweetActor } from '#src/x/actor.ts';
import { youtubeActor } from '#src/youtube/actor.ts';
import type { DataApiAccess } from '#src/youtube/data-api.ts';
import { createYoutubeDataApiReader } from '#src/youtube/data-api-reader.ts';

export interface ReaderAccess {
  readonly apify?: ApifyAccess;
  readonly youtube?: DataApiAccess;
  /** Which of Instagram's actors is asked. Default: the one for reels. */
  readonly instagramActor?: InstagramActorId;
}

export const INSTAGRAM_ACTOR_IDS = ['apify/instagram-reel-scraper', 'apify/instagram-scraper'] as const;
export type InstagramActorId = (typeof INSTAGRAM_ACTOR_IDS)[number];

const INSTAGRAM_ACTORS = {
  'apify/instagram-reel-scraper': instagramReelActor,
  'apify/instagram-scraper': instagramPostActor,
} as const satisfies Record<InstagramActorId, ActorAdapter>;

/**
 * The reader of each platform that the given access can read. YouTube is read through its own API when there is a key
 * for it, because that is free, and through an actor otherwise.
 */
export function createReaders({
  apify,
  youtube,
  instagramActor = 'apify/instagram-reel-scraper',
}: ReaderAccess): ReadonlyMap<Platform, PlatformReader> {
  const runs = apify === undefined ? null : new ApifyRuns(apify);
  const readers = new Map<Platform, PlatformReader>();
  if (runs !== null) {
    const actors = [tiktokActor, youtubeActor, INSTAGRAM_ACTORS[instagramActor], tweetActor];
    for (const actor of actors) readers.set(actor.platform, createActorReader(actor, runs));
  }
  if (youtube !== undefined) readers.set('YOUTUBE', createYoutubeDataApiReader(youtube));
  return readers;
}

import type { Platform } from '@clipmeter/core/platform';
import { createActorReader } from '#src/apify/actor-reader.ts';
import { type ApifyAccess, ApifyRuns } from '#src/apify/apify-runs.ts';
import type { PlatformReader } from '#src/port.ts';
import { tiktokActor } from '#src/tiktok/actor.ts';
import { youtubeActor } from '#src/youtube/actor.ts';
import type { DataApiAccess } from '#src/youtube/data-api.ts';
import { createYoutubeDataApiReader } from '#src/youtube/data-api-reader.ts';

export interface ReaderAccess {
  readonly apify?: ApifyAccess;
  readonly youtube?: DataApiAccess;
}

/**
 * The reader of each platform that the given access can read. YouTube is read through its own API when there is a key
 * for it, because that is free, and through an actor otherwise.
 */
export function createReaders({ apify, youtube }: ReaderAccess): ReadonlyMap<Platform, PlatformReader> {
  const runs = apify === undefined ? null : new ApifyRuns(apify);
  const readers = new Map<Platform, PlatformReader>();
  if (runs !== null) {
    readers.set('TIKTOK', createActorReader(tiktokActor, runs));
    readers.set('YOUTUBE', createActorReader(youtubeActor, runs));
  }
  if (youtube !== undefined) readers.set('YOUTUBE', createYoutubeDataApiReader(youtube));
  return readers;
}

import type { Platform } from '@clipmeter/core/platform';
import { type ApifyAccess, ApifyRuns } from '#src/apify/apify-runs.ts';
import { createActorProfileReader } from '#src/apify/profile-reader.ts';
import { instagramProfileActor } from '#src/instagram/profile.ts';
import type { ProfileReader } from '#src/profile-port.ts';
import { tiktokProfileActor } from '#src/tiktok/profile.ts';
import { tweetProfileActor } from '#src/x/profile.ts';
import type { DataApiAccess } from '#src/youtube/data-api.ts';
import { createDataApiProfileReader } from '#src/youtube/data-api-profile.ts';
import { youtubeProfileActor } from '#src/youtube/profile.ts';

export interface ProfileAccess {
  readonly apify?: ApifyAccess;
  readonly youtube?: DataApiAccess;
}

/** Who reads the profiles of each platform that the given access can read. YouTube's own API, which is free, goes first. */
export function createProfileReaders({ apify, youtube }: ProfileAccess): ReadonlyMap<Platform, ProfileReader> {
  const readers = new Map<Platform, ProfileReader>();
  if (apify !== undefined) {
    const runs = new ApifyRuns(apify);
    const actors = [tiktokProfileActor, youtubeProfileActor, instagramProfileActor, tweetProfileActor];
    for (const actor of actors) readers.set(actor.platform, createActorProfileReader(actor, runs));
  }
  if (youtube !== undefined) readers.set('YOUTUBE', createDataApiProfileReader(youtube));
  return readers;
}

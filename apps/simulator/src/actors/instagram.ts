import { z } from 'zod';
import { defineActor, type Row } from '#src/actors/actor.ts';
import type { Catalogue } from '#src/catalogue.ts';
import { engagement, type Video, videoUrl } from '#src/video.ts';

const PRICE_PER_RESULT_MICROS = 2_600n;
const SHORT_CODE = /instagram\.com\/(?:[\w.]+\/)?(?:p|tv|reels?)\/([A-Za-z0-9_-]+)/;
/** Plays count every start, views only those that lasted: views are a part of plays. */
const VIEWS_PER_PLAY = 0.55;

/** Reels by their URL, which this actor takes in `username`. */
export const instagramReelScraper = defineActor({
  name: 'apify/instagram-reel-scraper',
  platform: 'INSTAGRAM',
  pricePerResultMicros: PRICE_PER_RESULT_MICROS,
  input: z.looseObject({ username: z.array(z.string()).min(1, 'must hold at least one item') }),
  scrape: (input, catalogue) => input.username.map((url) => postRow(url, catalogue)),
});

/** Posts by their URL. */
export const instagramScraper = defineActor({
  name: 'apify/instagram-scraper',
  platform: 'INSTAGRAM',
  pricePerResultMicros: PRICE_PER_RESULT_MICROS,
  input: z.looseObject({ directUrls: z.array(z.string()).min(1, 'must hold at least one item') }),
  scrape: (input, catalogue) => input.directUrls.map((url) => postRow(url, catalogue)),
});

/** Profiles by their handle. */
export const instagramProfileScraper = defineActor({
  name: 'apify/instagram-profile-scraper',
  platform: 'INSTAGRAM',
  pricePerResultMicros: PRICE_PER_RESULT_MICROS,
  input: z.looseObject({ usernames: z.array(z.string()).min(1, 'must hold at least one item') }),
  scrape: (input, catalogue) => input.usernames.map((handle) => profileRow(handle, catalogue)),
});

function postRow(url: string, catalogue: Catalogue): Row {
  const video = catalogue.shownFor('INSTAGRAM', SHORT_CODE.exec(url)?.[1] ?? '');
  // A private post cannot be told from one that would not load: the platform answers with nothing.
  if (video?.state === 'private') {
    const requestErrorMessages = ['Page did not load in time'];
    return { url, inputUrl: url, error: 'no_items', errorDescription: 'Empty or private data', requestErrorMessages };
  }
  if (video?.state !== 'live') {
    return { url, inputUrl: url, error: 'not_found', errorDescription: 'Post does not exist' };
  }
  return { inputUrl: url, ...videoRow(video, catalogue) };
}

function videoRow(video: Video, catalogue: Catalogue): Row {
  const plays = catalogue.shownViews(video);
  const { likes, comments } = engagement(video, plays);
  const owner = catalogue.author(video);
  return {
    id: video.id,
    type: 'Video',
    productType: 'clips',
    shortCode: video.id,
    url: videoUrl(video),
    caption: video.title,
    hashtags: [],
    timestamp: video.publishedAt,
    likesCount: likes,
    commentsCount: comments,
    videoViewCount: Math.floor(plays * VIEWS_PER_PLAY),
    videoPlayCount: plays,
    videoDuration: video.durationSeconds,
    displayUrl: `https://scontent.cdninstagram.com/${video.id}.jpg`,
    ownerUsername: owner.handle,
    ownerFullName: owner.name,
    ownerId: owner.id,
    coauthorProducers: catalogue.coauthors(video).map(({ id, handle }) => ({ id, username: handle })),
  };
}

function profileRow(handle: string, catalogue: Catalogue): Row {
  const profile = catalogue.profile('INSTAGRAM', handle);
  const url = `https://www.instagram.com/${handle.replace(/^@/, '')}`;
  if (!profile) return { url, username: handle, error: 'not_found', errorDescription: 'Profile does not exist' };
  return {
    inputUrl: url,
    id: profile.id,
    username: profile.handle,
    url,
    fullName: profile.name,
    biography: profile.bio,
    followersCount: profile.followers,
    private: false,
  };
}

import { z } from 'zod';
import { defineActor, type Row } from '#src/actors/actor.ts';
import type { Catalogue } from '#src/catalogue.ts';
import type { Profile } from '#src/profile.ts';
import { engagement, type Video, videoUrl } from '#src/video.ts';

const PRICE_PER_RESULT_MICROS = 3_700n;
const MINIMUM_CHARGE_MICROS = 500_000n;

/** Posts by their URL: one row an URL. */
export const tiktokScraper = defineActor({
  name: 'clockworks/tiktok-scraper',
  platform: 'TIKTOK',
  pricePerResultMicros: PRICE_PER_RESULT_MICROS,
  minimumChargeMicros: MINIMUM_CHARGE_MICROS,
  input: z.looseObject({ postURLs: z.array(z.string()).min(1, 'must hold at least one item') }),
  scrape: (input, catalogue) => input.postURLs.map((url) => postRow(url, catalogue)),
});

/** Profiles by their handle: their newest posts, each with the author's bio. */
export const tiktokProfileScraper = defineActor({
  name: 'clockworks/tiktok-profile-scraper',
  platform: 'TIKTOK',
  pricePerResultMicros: PRICE_PER_RESULT_MICROS,
  minimumChargeMicros: MINIMUM_CHARGE_MICROS,
  input: z.looseObject({
    profiles: z.array(z.string()).min(1, 'must hold at least one item'),
    resultsPerPage: z.number().int().positive().default(1),
  }),
  scrape: (input, catalogue) =>
    input.profiles.flatMap((handle) => profileRows(handle, input.resultsPerPage, catalogue)),
});

function postRow(url: string, catalogue: Catalogue): Row {
  const id = /tiktok\.com\/.*?(\d{17,20})/.exec(url)?.[1];
  if (id === undefined) return { url, error: 'The URL is not a TikTok post.', errorCode: 'INVALID_URLS' };
  const video = catalogue.shownFor('TIKTOK', id);
  if (video?.state === 'private') return { url, error: 'Post is private.', errorCode: 'PRIVATE_POST' };
  if (video?.state !== 'live') return { url, error: 'Post not found or private.', errorCode: 'NOT_FOUND' };
  return { ...videoRow(video, catalogue), submittedVideoUrl: url };
}

function profileRows(handle: string, limit: number, catalogue: Catalogue): Row[] {
  const input = handle.replace(/^@/, '');
  const url = `https://www.tiktok.com/@${input}`;
  const profile = catalogue.profile('TIKTOK', input);
  if (!profile) return [{ url, input, error: 'Profile not found or private.', errorCode: 'NOT_FOUND' }];
  const videos = catalogue.videosOf(profile).slice(0, limit);
  if (videos.length > 0) return videos.map((video) => ({ ...videoRow(video, catalogue), input }));
  return [{ url, input, error: 'Profile has no posts.', errorCode: 'PROFILE_EMPTY', authorMeta: authorMeta(profile) }];
}

function videoRow(video: Video, catalogue: Catalogue): Row {
  const views = catalogue.shownViews(video);
  const { likes, comments, shares, saves } = engagement(video, views);
  return {
    id: video.id,
    text: video.title,
    createTime: Math.floor(Date.parse(video.publishedAt) / 1000),
    createTimeISO: video.publishedAt,
    isAd: false,
    isSlideshow: false,
    isPinned: false,
    authorMeta: authorMeta(catalogue.author(video)),
    videoMeta: {
      height: 1024,
      width: 576,
      duration: video.durationSeconds,
      coverUrl: `https://p16-sign.tiktokcdn-us.com/${video.id}.jpeg?x-expires=${Math.floor(Date.now() / 1000) + 21_600}`,
      definition: '540p',
      format: 'mp4',
    },
    webVideoUrl: videoUrl(video),
    mediaUrls: [],
    diggCount: likes,
    shareCount: shares,
    playCount: views,
    collectCount: saves,
    commentCount: comments,
    mentions: [],
    hashtags: [{ name: 'fyp' }],
  };
}

function authorMeta(profile: Profile) {
  return {
    id: profile.id,
    name: profile.handle,
    nickName: profile.name,
    profileUrl: `https://www.tiktok.com/@${profile.handle}`,
    verified: false,
    signature: profile.bio,
    bioLink: null,
    privateAccount: false,
    fans: profile.followers,
  };
}

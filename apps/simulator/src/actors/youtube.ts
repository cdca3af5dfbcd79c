import { z } from 'zod';
import { defineActor, type Row } from '#src/actors/actor.ts';
import type { Catalogue } from '#src/catalogue.ts';
import { engagement, videoUrl } from '#src/video.ts';

const VIDEO_ID = /(?:[?&]v=|youtu\.be\/|\/(?:shorts|live|embed|v)\/)([0-9A-Za-z_-]{11})/;

const CHANNEL = /youtube\.com\/@([^/?#]+)/;

/** Videos by their URL, and the newest of a channel: the fallback where there is no key for the Data API. */
export const youtubeScraper = defineActor({
  name: 'streamers/youtube-scraper',
  platform: 'YOUTUBE',
  pricePerResultMicros: 5_000n,
  input: z.looseObject({
    startUrls: z.array(z.looseObject({ url: z.string() })).min(1, 'must hold at least one item'),
  }),
  scrape: (input, catalogue) => input.startUrls.map(({ url }) => row(url, catalogue)),
});

function row(url: string, catalogue: Catalogue): Row {
  const handle = CHANNEL.exec(url)?.[1];
  if (handle === undefined) return videoRow(url, catalogue);
  const channel = catalogue.profile('YOUTUBE', handle);
  const newest = channel && catalogue.videosOf(channel)[0];
  if (!newest) return { url, input: url, error: 'The channel has no videos', note: 'EMPTY_CHANNEL' };
  return { ...videoRow(videoUrl(newest), catalogue), input: url };
}

function videoRow(url: string, catalogue: Catalogue): Row {
  const video = catalogue.shownFor('YOUTUBE', VIDEO_ID.exec(url)?.[1] ?? '');
  if (video?.state === 'private') return { url, input: url, error: 'This video is private', note: 'PRIVATE_VIDEO' };
  if (video?.state !== 'live') return { url, input: url, error: 'This video is unavailable', note: 'NOT_FOUND' };
  const views = catalogue.shownViews(video);
  const { likes, comments } = engagement(video, views);
  const channel = catalogue.author(video);
  return {
    id: video.id,
    title: video.title,
    type: url.includes('/shorts/') ? 'shorts' : 'video',
    url: videoUrl(video),
    input: url,
    thumbnailUrl: `https://i.ytimg.com/vi/${video.id}/hqdefault.jpg`,
    viewCount: views,
    likes,
    commentsCount: comments,
    date: video.publishedAt,
    duration: clockText(video.durationSeconds),
    channelName: channel.name,
    channelId: channel.id,
    channelUsername: channel.handle,
    channelUrl: `https://www.youtube.com/@${channel.handle}`,
    channelDescription: channel.bio,
    numberOfSubscribers: channel.followers,
  };
}

/** 197 → "00:03:17". */
function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

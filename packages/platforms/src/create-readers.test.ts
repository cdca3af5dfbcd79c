import { expect, test } from 'vitest';
import { createReaders } from '#src/create-readers.ts';

const apify = { token: 'token' };
const youtube = { apiKey: 'key' };

const actors = {
  TIKTOK: 'clockworks/tiktok-scraper',
  YOUTUBE: 'streamers/youtube-scraper',
  INSTAGRAM: 'apify/instagram-reel-scraper',
  X: 'kaitoeasyapi/twitter-x-data-tweet-scraper-pay-per-result-cheapest',
};
const instagramActor = 'apify/instagram-scraper' as const;

test.each([
  ['nothing', {}, {}],
  ['Apify', { apify }, actors],
  ['Apify and another actor for Instagram', { apify, instagramActor }, { ...actors, INSTAGRAM: instagramActor }],
  ['the Data API', { youtube }, { YOUTUBE: 'youtube-data-api' }],
  ['both', { apify, youtube }, { ...actors, YOUTUBE: 'youtube-data-api' }],
])('with access to %s', (_what, access, sources) => {
  const readers = createReaders(access);
  expect(Object.fromEntries([...readers].map(([platform, { source }]) => [platform, source]))).toEqual(sources);
  for (const [platform, reader] of readers) expect(reader.platform).toBe(platform);
});

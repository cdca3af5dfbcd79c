import { expect, test } from 'vitest';
import { createReaders } from '#src/create-readers.ts';

const apify = { token: 'token' };
const youtube = { apiKey: 'key' };

test.each([
  ['nothing', {}, {}],
  ['Apify', { apify }, { TIKTOK: 'clockworks/tiktok-scraper', YOUTUBE: 'streamers/youtube-scraper' }],
  ['the Data API', { youtube }, { YOUTUBE: 'youtube-data-api' }],
  ['both', { apify, youtube }, { TIKTOK: 'clockworks/tiktok-scraper', YOUTUBE: 'youtube-data-api' }],
])('with access to %s', (_what, access, sources) => {
  const readers = createReaders(access);
  expect(Object.fromEntries([...readers].map(([platform, { source }]) => [platform, source]))).toEqual(sources);
  for (const [platform, reader] of readers) expect(reader.platform).toBe(platform);
});

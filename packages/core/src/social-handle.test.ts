import { expect, test } from 'vitest';
import { DomainError } from '#src/domain-error.ts';
import { PLATFORMS, type Platform } from '#src/platform.ts';
import { parseHandle, profileUrl } from '#src/social-handle.ts';

test.each<[Platform, string, string]>([
  ['TIKTOK', 'mira.cuts', 'mira.cuts'],
  ['TIKTOK', '  @Mira_Cuts ', 'Mira_Cuts'],
  ['TIKTOK', 'https://www.tiktok.com/@mira.cuts?lang=en', 'mira.cuts'],
  ['TIKTOK', 'tiktok.com/@mira.cuts/video/7123456789012345678', 'mira.cuts'],
  ['YOUTUBE', 'https://youtube.com/@mira-cuts/shorts', 'mira-cuts'],
  ['YOUTUBE', 'https://www.youtube.com/@%E5%B0%8F%E6%98%8E%E3%81%AE', '小明の'],
  ['INSTAGRAM', 'https://www.instagram.com/mira.cuts/', 'mira.cuts'],
  ['INSTAGRAM', 'mira.cuts', 'mira.cuts'],
  ['X', 'https://twitter.com/mira_cuts', 'mira_cuts'],
  ['X', 'https://mobile.x.com/mira_cuts/status/1', 'mira_cuts'],
])('on %s, %s is %s', (platform, text, handle) => {
  expect(parseHandle(platform, text)).toBe(handle);
});

test.each<[Platform, string, RegExp]>([
  ['TIKTOK', 'mira cuts', /handle has only/],
  ['TIKTOK', '', /handle has only/],
  ['TIKTOK', 'https://www.instagram.com/mira/', /not the address of a TikTok profile/],
  ['TIKTOK', 'https://nottiktok.com/@mira', /not the address/],
  ['INSTAGRAM', 'https://www.instagram.com/reel/C8x_Zb-tQ1a/', /Paste the address of the profile itself/],
  [
    'YOUTUBE',
    'https://www.youtube.com/channel/UC0123456789012345678901',
    /such as https:\/\/www.youtube.com\/@yourname/,
  ],
  ['X', 'a_name_that_is_far_too_long', /up to 15/],
  ['X', 'https://x.com/%zz', /handle has only/],
])('on %s, %s is refused with what would be right', (platform, text, words) => {
  expect(() => parseHandle(platform, text)).toThrow(DomainError);
  expect(() => parseHandle(platform, text)).toThrow(words);
});

test.each(PLATFORMS)('the address of a profile on %s leads back to its handle', (platform) => {
  expect(parseHandle(platform, profileUrl(platform, 'mira_cuts'))).toBe('mira_cuts');
});

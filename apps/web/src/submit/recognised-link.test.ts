import { expect, test } from 'vitest';
import { recognisedLink } from '#src/submit/recognised-link.ts';

const VIDEO = '7301234567890123456';

test('nothing is said of an empty field', () => {
  expect(recognisedLink('  ', null)).toEqual({ kind: 'empty' });
});

test('a video is named by its platform and id, a short link by what happens to it', () => {
  expect(recognisedLink(`tiktok.com/@mira/video/${VIDEO}`, null)).toMatchObject({ words: `TikTok video ${VIDEO}` });
  expect(recognisedLink('https://vm.tiktok.com/ZMabc/', null)).toMatchObject({
    words: 'A short TikTok link: it is followed to its video when you submit it.',
  });
});

test('what is no link of a video is refused with the reason', () => {
  expect(recognisedLink('https://www.tiktok.com/@mira', null)).toEqual({
    kind: 'refused',
    reason: 'That is a TikTok profile. Open one of its videos and copy its link.',
  });
});

test('so is a platform that the campaign does not take', () => {
  expect(recognisedLink(`tiktok.com/@mira/video/${VIDEO}`, ['YOUTUBE', 'X'])).toEqual({
    kind: 'refused',
    reason: 'This campaign takes clips from YouTube, X, not from TikTok.',
  });
});

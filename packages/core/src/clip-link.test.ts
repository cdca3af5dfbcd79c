import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl, parseClipLink } from '#src/clip-link.ts';
import { DomainError } from '#src/domain-error.ts';
import type { Platform } from '#src/platform.ts';

const YT = 'dQw4w9-gX_Q';
const TT = '7301234567890123456';
const IG = 'C8x_Zb-tQ1a';
const X = '1836631234567890123';

describe.each<[Platform, string, string, string[]]>([
  [
    'YOUTUBE',
    YT,
    `https://www.youtube.com/watch?v=${YT}`,
    [
      `https://www.youtube.com/watch?v=${YT}`,
      `https://youtube.com/watch?v=${YT}`,
      `https://m.youtube.com/watch?v=${YT}&feature=share`,
      `https://music.youtube.com/watch?v=${YT}&list=RDAMVM`,
      `https://www.youtube.com/watch?list=PL123&index=3&v=${YT}&t=42s`,
      `https://www.youtube.com/watch/?v=${YT}`,
      `https://youtu.be/${YT}`,
      `https://youtu.be/${YT}?si=AbCdEf&t=10`,
      `https://www.youtube.com/shorts/${YT}?feature=share`,
      `https://www.youtube.com/live/${YT}`,
      `https://www.youtube.com/embed/${YT}?autoplay=1`,
      `https://www.youtube-nocookie.com/embed/${YT}`,
      `https://youtube-nocookie.com/embed/${YT}`,
      `https://www.youtube.com/v/${YT}`,
      `https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3D${YT}%26feature%3Dshare`,
      `https://www.youtube.com/attribution_link?u=https%3A%2F%2Fm.youtube.com%2Fwatch%3Fv%3D${YT}`,
      `http://www.youtube.com/watch?v=${YT}#comments`,
      `HTTPS://WWW.YouTube.COM/watch?v=${YT}`,
      `www.youtube.com/watch?v=${YT}`,
      `youtu.be/${YT}`,
      `  https://youtu.be/${YT}\n`,
    ],
  ],
  [
    'TIKTOK',
    TT,
    `https://www.tiktok.com/@some.one_1/video/${TT}`,
    [
      `https://www.tiktok.com/@some.one_1/video/${TT}`,
      `https://tiktok.com/@some.one_1/video/${TT}?is_from_webapp=1&sender_device=pc`,
      `https://m.tiktok.com/@some.one_1/video/${TT}/`,
      `https://www.tiktok.com/@some.one_1/photo/${TT}`,
      `https://www.tiktok.com/%40some.one_1/video/${TT}`,
      `tiktok.com/@some.one_1/video/${TT}#x`,
    ],
  ],
  [
    'TIKTOK',
    TT,
    `https://www.tiktok.com/@i/video/${TT}`,
    [
      `https://m.tiktok.com/v/${TT}.html?u_code=1`,
      `https://www.tiktok.com/embed/${TT}`,
      `https://www.tiktok.com/embed/v2/${TT}?lang=en`,
      `https://www.tiktok.com/@/video/${TT}`,
    ],
  ],
  [
    'INSTAGRAM',
    IG,
    `https://www.instagram.com/p/${IG}/`,
    [
      `https://www.instagram.com/p/${IG}/`,
      `https://instagram.com/p/${IG}`,
      `https://www.instagram.com/reel/${IG}/?igsh=abc==`,
      `https://www.instagram.com/reels/${IG}/`,
      `https://www.instagram.com/tv/${IG}/`,
      `https://www.instagram.com/some.one_1/reel/${IG}/`,
      `https://www.instagram.com/some.one_1/p/${IG}/`,
      `https://www.instagram.com/p/${IG}/embed/captioned/`,
      `https://instagr.am/p/${IG}`,
      `instagram.com/reel/${IG}#x`,
    ],
  ],
  [
    'X',
    X,
    `https://x.com/i/status/${X}`,
    [
      `https://x.com/someone/status/${X}`,
      `https://x.com/someone/status/${X}?s=20&t=abc`,
      `https://twitter.com/someone/status/${X}`,
      `https://twitter.com/someone/statuses/${X}`,
      `https://mobile.twitter.com/someone/status/${X}`,
      `https://www.twitter.com/i/status/${X}`,
      `https://x.com/i/web/status/${X}`,
      `https://x.com/someone/status/${X}/video/1`,
      `https://x.com/someone/status/${X}/photo/2`,
      `https://fxtwitter.com/someone/status/${X}`,
      `https://vxtwitter.com/someone/status/${X}`,
      `https://fixupx.com/someone/status/${X}`,
      `x.com/someone/status/${X}`,
    ],
  ],
])('a video of %s, id %s, is %s', (platform, externalId, url, forms) => {
  it.each(forms)('however it is linked: %s', (text) => {
    expect(parseClipLink(text)).toEqual({ kind: 'clip', platform, externalId, canonicalUrl: url });
  });
});

/** Every host of a platform's table with every path of it. */
function everyForm(hosts: readonly string[], paths: readonly string[]): string[] {
  return hosts.flatMap((host) => paths.map((path) => `https://${host}${path}`));
}

describe.each<[Platform, string, string[]]>([
  [
    'YOUTUBE',
    YT,
    [
      ...everyForm(
        ['youtube.com', 'www.youtube.com', 'm.youtube.com', 'music.youtube.com', 'www.youtube-nocookie.com'],
        [
          `/watch?v=${YT}`,
          `/watch?t=1&v=${YT}&list=PL1`,
          `/shorts/${YT}`,
          `/live/${YT}`,
          `/embed/${YT}`,
          `/v/${YT}?version=3`,
          `/attribution_link?u=%2Fwatch%3Fv%3D${YT}`,
        ],
      ),
      ...everyForm(['youtu.be', 'www.youtu.be'], [`/${YT}`, `/${YT}/`, `/${YT}?t=1#x`]),
    ],
  ],
  [
    'TIKTOK',
    TT,
    everyForm(
      ['tiktok.com', 'www.tiktok.com', 'm.tiktok.com'],
      [`/@a.b_1/video/${TT}`, `/@a.b_1/photo/${TT}`, `/v/${TT}.html`, `/embed/${TT}`, `/embed/v2/${TT}`],
    ),
  ],
  [
    'INSTAGRAM',
    IG,
    everyForm(
      ['instagram.com', 'www.instagram.com', 'm.instagram.com', 'instagr.am', 'www.instagr.am'],
      ['p', 'tv', 'reel', 'reels'].flatMap((kind) => [`/${kind}/${IG}/?igsh=x`, `/a.b_1/${kind}/${IG}`]),
    ),
  ],
  [
    'X',
    X,
    everyForm(
      ['x.com', 'twitter.com', 'fxtwitter.com', 'vxtwitter.com', 'fixupx.com'].flatMap((host) => [
        host,
        `www.${host}`,
        `mobile.${host}`,
      ]),
      ['someone', 'i', 'i/web'].flatMap((user) =>
        ['status', 'statuses'].flatMap((word) =>
          ['', '/video/1', '/photo/4', '?s=20'].map((rest) => `/${user}/${word}/${X}${rest}`),
        ),
      ),
    ),
  ],
])('every host of %s with every path', (platform, externalId, forms) => {
  it(`leads to ${externalId}`, () => {
    for (const form of forms) expect(parseClipLink(form), form).toMatchObject({ kind: 'clip', platform, externalId });
  });
});

it.each<[Platform, string[], string[]]>([
  ['YOUTUBE', ['a'.repeat(11)], ['a'.repeat(10), 'a'.repeat(12)]],
  ['TIKTOK', ['1'.repeat(17), '1'.repeat(20)], ['1'.repeat(16), '1'.repeat(21)]],
  ['X', ['1', '1'.repeat(20)], ['1'.repeat(21)]],
])('an id of %s has its length and no other', (platform, ids, others) => {
  for (const id of ids) expect(parseClipLink(canonicalUrl(platform, id))).toMatchObject({ externalId: id });
  for (const id of others) expect(() => parseClipLink(canonicalUrl(platform, id)), id).toThrow(DomainError);
});

it('the case of a host means nothing, the case of an id everything', () => {
  expect(parseClipLink(`https://WWW.INSTAGRAM.COM/p/${IG}/`)).toMatchObject({ externalId: IG });
  expect(parseClipLink(`https://www.instagram.com/p/${IG.toLowerCase()}/`)).toMatchObject({
    externalId: IG.toLowerCase(),
  });
});

describe('a link that must be followed first', () => {
  it.each<[string, Platform, string]>([
    ['https://vm.tiktok.com/ZMabc123/', 'TIKTOK', 'https://vm.tiktok.com/ZMabc123/'],
    ['https://tiktok.com/t/ZTabc123', 'TIKTOK', 'https://www.tiktok.com/t/ZTabc123/'],
    ['https://m.tiktok.com/t/ZTabc123', 'TIKTOK', 'https://www.tiktok.com/t/ZTabc123/'],
    ['vt.tiktok.com/ZSabc123?k=1', 'TIKTOK', 'https://vt.tiktok.com/ZSabc123/'],
    ['http://www.tiktok.com/t/ZTabc123/', 'TIKTOK', 'https://www.tiktok.com/t/ZTabc123/'],
    ['https://www.instagram.com/share/reel/BAabc_1-2', 'INSTAGRAM', 'https://www.instagram.com/share/reel/BAabc_1-2/'],
    ['https://instagram.com/share/p/BAabc/?x=1', 'INSTAGRAM', 'https://www.instagram.com/share/p/BAabc/'],
  ])('%s', (text, platform, url) => {
    expect(parseClipLink(text)).toEqual({ kind: 'short', platform, url });
  });
});

describe('a link that is refused', () => {
  it.each([
    ['', 'Paste the link of a video.'],
    ['   ', 'Paste the link of a video.'],
    ['hello', 'That is not a link.'],
    ['https://', 'That is not a link.'],
    ['look: https://youtu.be/dQw4w9-gX_Q', 'Paste one link and nothing else.'],
    [`https://youtu.be/${'a'.repeat(3_000)}`, 'Paste one link and nothing else.'],
    [`ftp://www.youtube.com/watch?v=${YT}`, 'Paste the link as the app or the browser gives it'],
    [`javascript://youtube.com/watch?v=${YT}`, 'Paste the link as the app or the browser gives it'],
    [`https://me:pw@www.youtube.com/watch?v=${YT}`, 'Paste the link as the app or the browser gives it'],
    [`https://www.youtube.com:8443/watch?v=${YT}`, 'Paste the link as the app or the browser gives it'],
    ['https://example.com/video/1', 'That is not a TikTok, YouTube, Instagram or X link.'],
    [`https://youtube.com.evil.example/watch?v=${YT}`, 'That is not a TikTok, YouTube, Instagram or X link.'],
    [`https://notyoutube.com/watch?v=${YT}`, 'That is not a TikTok, YouTube, Instagram or X link.'],
    ['https://constructor.__proto__/x', 'That is not a'],
    ['https://www.facebook.com/reel/123456', 'Facebook videos cannot be submitted yet.'],
    ['https://www.facebook.com/watch/?v=123456', 'Facebook videos cannot be submitted yet.'],
    ['https://m.facebook.com/someone/videos/a-slug/123456/', 'Facebook videos cannot be submitted yet.'],
    ['https://www.facebook.com/someone/videos/123456', 'Facebook videos cannot be submitted yet.'],
    ['https://fb.watch/abc', 'Facebook videos cannot be submitted yet.'],
    ['https://www.youtube.com/', 'That YouTube link does not lead to one video.'],
    ['https://www.youtube.com/watch', 'That YouTube link does not lead to one video.'],
    ['https://www.youtube.com/watch?v=dQw4w9', 'the id of a video has 11 characters'],
    [`https://youtu.be/${YT}x`, 'the id of a video has 11 characters'],
    ['https://www.youtube.com/@someone', 'That is a YouTube channel.'],
    ['https://www.youtube.com/channel/UCabc', 'That is a YouTube channel.'],
    ['https://www.youtube.com/playlist?list=PL123', 'That is a YouTube playlist.'],
    ['https://www.youtube.com/embed/videoseries?list=PL123', 'That YouTube link does not lead to one video.'],
    ['https://www.youtube.com/embed/live_stream?channel=UC1', 'That YouTube link does not lead to one video.'],
    ['https://www.youtube.com/attribution_link', 'That YouTube link does not lead to one video.'],
    [`https://www.youtube.com/attribution_link?u=https://evil.example/watch?v=${YT}`, 'That YouTube link does not'],
    ['https://www.youtube.com/attribution_link?u=/attribution_link', 'That YouTube link does not lead to one video.'],
    ['https://www.youtube.com/%E0%A4%A', 'That is not a link.'],
    ['https://www.tiktok.com/@someone', 'That is a TikTok profile.'],
    ['https://www.tiktok.com/@someone/live', 'That is a TikTok profile.'],
    ['https://www.tiktok.com/tag/dance', 'That TikTok link does not lead to one video.'],
    ['https://www.tiktok.com/@someone/video/123', 'the id of a video has 17 to 20 digits'],
    [`https://www.tiktok.com/@someone/video/0${TT}`, 'the id of a video has 17 to 20 digits'],
    ['https://vm.tiktok.com/', 'That TikTok link does not lead to one video.'],
    ['https://www.instagram.com/someone/', 'That is an Instagram profile.'],
    ['https://www.instagram.com/someone/reels/', 'That Instagram link does not lead to one video.'],
    ['https://www.instagram.com/reels/audio/123456/', 'That is an Instagram sound.'],
    ['https://www.instagram.com/stories/someone/123/', 'That is an Instagram story'],
    ['https://www.instagram.com/share/reel/', 'That Instagram link does not lead to one video.'],
    ['https://www.instagram.com/share/someone', 'That Instagram link does not lead to one video.'],
    ['https://www.instagram.com/p/', 'That Instagram link does not lead to one video.'],
    ['https://x.com/someone', 'That is an X profile.'],
    ['https://x.com/i/spaces/1', 'That X link does not lead to one video.'],
    ['https://x.com/someone/status/', 'That X link does not lead to one video.'],
    ['https://x.com/someone/status/12x', 'That X link does not lead to one video.'],
    ['https://x.com/someone/status/0123', 'That X link does not lead to one video.'],
    [`https://x.com/someone/status/${'9'.repeat(21)}`, 'That X link does not lead to one video.'],
  ])('%s', (text, sentence) => {
    expect(() => parseClipLink(text)).toThrow(expect.objectContaining({ code: 'INVALID_LINK' }));
    expect(() => parseClipLink(text)).toThrow(sentence);
  });

  it('is refused in words, whatever is pasted', () => {
    const host = fc.constantFrom('youtu.be/', 'tiktok.com/', 'instagram.com/', 'x.com/', 'https://', '');
    fc.assert(
      fc.property(host, fc.oneof(fc.string(), fc.webPath(), fc.webUrl()), (prefix, rest) => {
        try {
          parseClipLink(prefix + rest);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
        }
      }),
    );
  });
});

it.each<[Platform, string]>([
  ['YOUTUBE', YT],
  ['TIKTOK', TT],
  ['INSTAGRAM', IG],
  ['X', X],
])('the canonical URL of %s leads back to the same video', (platform, id) => {
  const url = canonicalUrl(platform, id);
  expect(parseClipLink(url)).toEqual({ kind: 'clip', platform, externalId: id, canonicalUrl: url });
});

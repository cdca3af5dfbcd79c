import { DomainError } from '#src/domain-error.ts';
import { type Platform, platformName } from '#src/platform.ts';

/** A link that names its video. */
export interface NamedClip {
  kind: 'clip';
  platform: Platform;
  /** The platform's own id, as it writes it: ids are case-sensitive. Platform and id are the video's identity. */
  externalId: string;
  canonicalUrl: string;
}

/** A short or share link: which video it leads to is known only once a worker has followed it. */
export interface ShortLink {
  kind: 'short';
  platform: Platform;
  /** The link without its query, over https, on a host of the platform. */
  url: string;
}

export type ClipLink = NamedClip | ShortLink;

const LINK_LENGTH_MAX = 2_048;

const YOUTUBE_ID = /^[0-9A-Za-z_-]{11}$/;
const TIKTOK_ID = /^[1-9]\d{16,19}$/;
const INSTAGRAM_CODE = /^[A-Za-z0-9_-]{1,64}$/;
const X_ID = /^[1-9]\d{0,19}$/;
const SHORT_CODE = /^[A-Za-z0-9_-]{1,64}$/;

/** Words of eleven letters that stand where YouTube's id does and name no video: embedded playlists and channels. */
const NO_YOUTUBE_ID = new Set(['videoseries', 'live_stream']);

/** Who reads the links of a host, `www.`, `m.` and `mobile.` taken off. */
const HOSTS = new Map<string, (link: Link) => ClipLink>([
  ['youtube.com', youtube],
  ['music.youtube.com', youtube],
  ['youtube-nocookie.com', youtube],
  ['youtu.be', ({ path }) => youtubeClip(path[0])],
  ['tiktok.com', tiktok],
  ['vm.tiktok.com', tiktokShort],
  ['vt.tiktok.com', tiktokShort],
  ['instagram.com', instagram],
  ['instagr.am', instagram],
  ['x.com', x],
  ['twitter.com', x],
  ['fxtwitter.com', x],
  ['vxtwitter.com', x],
  ['fixupx.com', x],
]);

/** What is known of a pasted link once its host is: the path in decoded segments, and the query. */
interface Link {
  host: string;
  path: readonly string[];
  query: URLSearchParams;
}

/**
 * Reads what somebody pasted as the link of one video: every form the platforms hand out, with or without
 * https://; query and fragment are dropped once the id is out. It follows nothing: a short link says so and waits.
 *
 * @throws DomainError INVALID_LINK, in a sentence that says what the link is or what would be right.
 */
export function parseClipLink(text: string): ClipLink {
  const link = readLink(text);
  const read = HOSTS.get(link.host);
  if (read === undefined) {
    if (/(^|\.)(facebook\.com|fb\.watch)$/.test(link.host)) refuse('Facebook videos cannot be submitted yet.');
    refuse('That is not a TikTok, YouTube, Instagram or X link.');
  }
  return read(link);
}

/**
 * The one URL of a video. TikTok's names the author too but leads by the id alone, so a stand-in handle serves until
 * a read has told the author (known from TikTok's redirects; not verified with every reader).
 */
export function canonicalUrl(platform: Platform, externalId: string, authorHandle: string | null = null): string {
  switch (platform) {
    case 'YOUTUBE':
      return `https://www.youtube.com/watch?v=${externalId}`;
    case 'TIKTOK':
      return `https://www.tiktok.com/@${authorHandle ?? 'i'}/video/${externalId}`;
    case 'INSTAGRAM':
      return `https://www.instagram.com/p/${externalId}/`;
    case 'X':
      return `https://x.com/i/status/${externalId}`;
  }
}

function readLink(text: string): Link {
  const pasted = text.trim();
  if (pasted === '') refuse('Paste the link of a video.');
  if (pasted.length > LINK_LENGTH_MAX || /\s/.test(pasted)) refuse('Paste one link and nothing else.');
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(pasted);
  const url = readUrl(hasScheme ? pasted : `https://${pasted}`);
  if (url === null || !url.hostname.includes('.')) refuse('That is not a link.');
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.port !== '') {
    refuse('Paste the link as the app or the browser gives it, beginning with https://.');
  }
  const path = url.pathname.split('/').filter((segment) => segment !== '');
  return { host: url.hostname.replace(/^(www|m|mobile)\./, ''), path: path.map(decoded), query: url.searchParams };
}

/** URL.parse, which phones of 2023 do not have yet. */
function readUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    refuse('That is not a link.');
  }
}

function refuse(sentence: string): never {
  throw new DomainError('INVALID_LINK', sentence);
}

function noVideo(platform: Platform): never {
  refuse(`That ${platformName(platform)} link does not lead to one video. Open the video and copy its link.`);
}

function named(platform: Platform, externalId: string, authorHandle: string | null = null): NamedClip {
  return { kind: 'clip', platform, externalId, canonicalUrl: canonicalUrl(platform, externalId, authorHandle) };
}

function youtube({ path, query }: Link): ClipLink {
  const [first = '', second] = path;
  if (first === 'attribution_link') return attributed(query.get('u'));
  if (first === 'watch') return youtubeClip(query.get('v'));
  if (['shorts', 'live', 'embed', 'v'].includes(first)) return youtubeClip(second);
  if (first === 'playlist') refuse('That is a YouTube playlist. Open one video of it and copy its link.');
  if (/^(@.*|channel|c|user)$/.test(first))
    refuse('That is a YouTube channel. Open one of its videos and copy its link.');
  noVideo('YOUTUBE');
}

/** `/attribution_link?u=/watch?v=ID&…`: the link inside, which may be a path or whole. */
function attributed(inner: string | null): ClipLink {
  const url = inner === null ? null : readUrl(inner, 'https://www.youtube.com');
  if (url === null) noVideo('YOUTUBE');
  const link = readLink(url.href);
  if (HOSTS.get(link.host) !== youtube) noVideo('YOUTUBE');
  return youtube(link);
}

function youtubeClip(id: string | null | undefined): ClipLink {
  if (id === null || id === undefined || NO_YOUTUBE_ID.has(id)) noVideo('YOUTUBE');
  if (!YOUTUBE_ID.test(id)) refuse('That YouTube link is not complete: the id of a video has 11 characters.');
  return named('YOUTUBE', id);
}

function tiktok({ path }: Link): ClipLink {
  const [first = '', second = '', third = ''] = path;
  const handle = /^@([\w.]{0,24})$/.exec(first)?.[1];
  if (handle !== undefined && (second === 'video' || second === 'photo')) return tiktokClip(third, handle);
  if (handle !== undefined) refuse('That is a TikTok profile. Open one of its videos and copy its link.');
  if (first === 'v' && second.endsWith('.html')) return tiktokClip(second.slice(0, -'.html'.length));
  if (first === 'embed') return tiktokClip(second === 'v2' ? third : second);
  if (first === 't') return short('TIKTOK', 'https://www.tiktok.com/t/', second);
  noVideo('TIKTOK');
}

function tiktokClip(id: string, handle = ''): ClipLink {
  if (!TIKTOK_ID.test(id)) refuse('That TikTok link is not complete: the id of a video has 17 to 20 digits.');
  return named('TIKTOK', id, handle === '' ? null : handle);
}

function tiktokShort({ host, path }: Link): ClipLink {
  return short('TIKTOK', `https://${host}/`, path[0]);
}

function short(platform: Platform, prefix: string, code: string | undefined): ClipLink {
  if (code === undefined || !SHORT_CODE.test(code)) noVideo(platform);
  return { kind: 'short', platform, url: `${prefix}${code}/` };
}

function instagram({ path }: Link): ClipLink {
  const [first = '', second = '', third] = path;
  if (first === 'share') {
    if (second !== 'reel' && second !== 'p') noVideo('INSTAGRAM');
    return short('INSTAGRAM', `https://www.instagram.com/share/${second}/`, third);
  }
  if (first === 'stories') refuse('That is an Instagram story, which disappears. Submit a reel or a post.');
  if (isInstagramKind(first)) return instagramClip(first, second);
  if (/^[\w.]{1,30}$/.test(first) && isInstagramKind(second)) return instagramClip(second, third ?? '');
  if (path.length === 1) refuse('That is an Instagram profile. Open one of its reels and copy its link.');
  noVideo('INSTAGRAM');
}

function isInstagramKind(segment: string): boolean {
  return ['p', 'tv', 'reel', 'reels'].includes(segment);
}

function instagramClip(kind: string, code: string): ClipLink {
  if (kind === 'reels' && code === 'audio') refuse('That is an Instagram sound. Open one reel and copy its link.');
  if (!INSTAGRAM_CODE.test(code)) noVideo('INSTAGRAM');
  return named('INSTAGRAM', code);
}

function x({ path }: Link): ClipLink {
  const [first = '', second = ''] = path;
  const rest = first === 'i' && second === 'web' ? path.slice(2) : path.slice(1);
  const [status, id = ''] = rest;
  if (status !== 'status' && status !== 'statuses') {
    if (path.length === 1 && /^\w{1,15}$/.test(first))
      refuse('That is an X profile. Open one of its posts and copy its link.');
    noVideo('X');
  }
  if (!/^\w{1,15}$/.test(first) || !X_ID.test(id)) noVideo('X');
  return named('X', id);
}

import { DomainError } from '#src/domain-error.ts';
import { type Platform, platformName } from '#src/platform.ts';

interface HandleRule {
  readonly hosts: readonly string[];
  /** What a handle of the platform looks like, without the "@". */
  readonly shape: RegExp;
  readonly shapeWords: string;
  /** First parts of a path that are no handle. */
  readonly reserved: readonly string[];
  readonly url: (handle: string) => string;
}

const RULES: Record<Platform, HandleRule> = {
  TIKTOK: {
    hosts: ['tiktok.com'],
    shape: /^[\w.]{2,24}$/,
    shapeWords: 'letters, digits, dots and underscores',
    reserved: ['t', 'tag', 'music', 'discover', 'foryou', 'explore'],
    url: (handle) => `https://www.tiktok.com/@${handle}`,
  },
  YOUTUBE: {
    hosts: ['youtube.com'],
    shape: /^[\p{L}\p{N}._·-]{3,30}$/u,
    shapeWords: 'letters, digits, dots, dashes and underscores',
    reserved: ['channel', 'c', 'user', 'watch', 'shorts', 'live', 'feed', 'playlist'],
    url: (handle) => `https://www.youtube.com/@${encodeURIComponent(handle)}`,
  },
  INSTAGRAM: {
    hosts: ['instagram.com', 'instagr.am'],
    shape: /^[\w.]{1,30}$/,
    shapeWords: 'letters, digits, dots and underscores',
    reserved: ['p', 'reel', 'reels', 'tv', 'share', 'stories', 'explore', 'accounts'],
    url: (handle) => `https://www.instagram.com/${handle}/`,
  },
  X: {
    hosts: ['x.com', 'twitter.com'],
    shape: /^\w{1,15}$/,
    shapeWords: 'up to 15 letters, digits and underscores',
    reserved: ['i', 'home', 'explore', 'search', 'hashtag', 'settings', 'intent'],
    url: (handle) => `https://x.com/${handle}`,
  },
};

/** Where somebody's profile is. */
export function profileUrl(platform: Platform, handle: string): string {
  return RULES[platform].url(handle);
}

/**
 * The handle that somebody typed or pasted: with or without its "@", or the address of the profile. As it was written, but
 * for that: platforms do not tell handles apart by case.
 *
 * @throws DomainError INVALID_INPUT, saying what would be right
 */
export function parseHandle(platform: Platform, text: string): string {
  const { shape, shapeWords } = RULES[platform];
  const trimmed = text.trim();
  const handle = (isAddress(trimmed) ? handleOf(platform, trimmed) : trimmed).replace(/^@/, '');
  if (shape.test(handle)) return handle;
  throw new DomainError('INVALID_INPUT', `A ${platformName(platform)} handle has only ${shapeWords}.`);
}

const isAddress = (text: string) => /^https?:\/\//i.test(text) || /^[\w-]+(\.[\w-]+)+\//.test(text);

function handleOf(platform: Platform, text: string): string {
  const { hosts, reserved } = RULES[platform];
  const name = platformName(platform);
  const address = /^(?:https?:\/\/)?([^/?#]+)\/?([^/?#]*)/i.exec(text);
  const host = (address?.[1] ?? '').toLowerCase();
  if (!hosts.some((known) => host === known || host.endsWith(`.${known}`))) {
    throw new DomainError('INVALID_INPUT', `That is not the address of a ${name} profile.`);
  }
  const first = decoded(address?.[2] ?? '');
  if (first === '' || reserved.includes(first.toLowerCase())) {
    const example = profileUrl(platform, 'yourname');
    throw new DomainError(
      'INVALID_INPUT',
      `Paste the address of the profile itself, such as ${example}, or its handle.`,
    );
  }
  return first;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import type { Platform } from '@clipmeter/core/platform';
import { type PictureType, pictureType } from '#src/picture/picture-type.ts';
import { type PictureAnswer, requestPicture, requestStandIn } from '#src/picture/request-picture.ts';
import { lookupAll } from '#src/short-link/lookup-all.ts';
import { isPublicAddress } from '#src/short-link/public-address.ts';
import type { NetworkAccess } from '#src/short-link/request-hop.ts';
import { untilAborted } from '#src/until-aborted.ts';

export type PictureOutcome =
  | { readonly kind: 'picture'; readonly contentType: PictureType; readonly bytes: Buffer }
  /** Not one that may be kept, and asking again would not change that. For a log. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Asking again later may help. */
  | { readonly kind: 'unavailable'; readonly reason: string };

type NoPicture = Exclude<PictureOutcome, { kind: 'picture' }>;

export interface PictureFetcher {
  fetch(picture: { platform: Platform; url: string }, signal: AbortSignal): Promise<PictureOutcome>;
}

export interface PictureFetcherOptions extends Partial<NetworkAccess> {
  readonly bytesMax: number;
  readonly timeoutMs?: number;
  /** Asked for every picture in the platforms' place: where a simulator answers for them. */
  readonly standIn?: string;
}

const TIMEOUT_MS = 10_000;
const URL_LENGTH_MAX = 4_096;

/**
 * The only hosts that are ever asked: the platforms' own stores of pictures, each with whatever is before it (as seen in
 * public items; not verified with the live services).
 */
const HOSTS: Record<Platform, readonly string[]> = {
  TIKTOK: ['tiktokcdn.com', 'tiktokcdn-us.com', 'tiktokcdn-eu.com'],
  YOUTUBE: ['ytimg.com', 'ggpht.com'],
  INSTAGRAM: ['cdninstagram.com', 'fbcdn.net'],
  X: ['twimg.com'],
};

/**
 * Fetches pictures of clips. An answer of a platform's reader decides where this machine connects, so it is fenced in as
 * short links are: https on its own port, the platform's hosts only, public addresses only, no redirects, and a limit on
 * time and size. What comes is kept only if it is a picture by its first bytes.
 */
export function createPictureFetcher(options: PictureFetcherOptions): PictureFetcher {
  const { bytesMax, timeoutMs = TIMEOUT_MS, standIn } = options;
  const access: NetworkAccess = { ...options, lookup: options.lookup ?? lookupAll };

  return {
    async fetch({ platform, url: text }, signal) {
      const url = URL.parse(text);
      if (url === null) return refused('not an address');
      const straying = straysBy(url, platform);
      if (straying !== null) return refused(straying);
      const limits = { bytesMax, signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) };
      try {
        const answer =
          standIn === undefined
            ? await ask(url, access, limits)
            : await requestStandIn(standInUrl(standIn, url), limits);
        return 'reason' in answer ? answer : judged(answer);
      } catch (error) {
        return { kind: 'unavailable', reason: `${url.hostname} did not answer: ${describe(error)}` };
      }
    },
  };
}

/** The fence. */
function straysBy(url: URL, platform: Platform): string | null {
  if (url.protocol !== 'https:') return `not https: ${url.protocol}`;
  if (url.port !== '' || url.username !== '' || url.password !== '') return 'a port or a login in it';
  if (url.href.length > URL_LENGTH_MAX) return 'an address that is too long';
  const isKnown = HOSTS[platform].some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  return isKnown ? null : `another host: ${url.hostname}`;
}

async function ask(
  url: URL,
  access: NetworkAccess,
  limits: { bytesMax: number; signal: AbortSignal },
): Promise<PictureAnswer | NoPicture> {
  const addresses = await untilAborted(() => access.lookup(url.hostname), limits.signal);
  const [address] = addresses;
  if (address === undefined) return { kind: 'unavailable', reason: `${url.hostname} has no address` };
  // One bad answer among good ones is a name that somebody else has a hand in.
  const bad = addresses.find((candidate) => !isPublicAddress(candidate));
  if (bad !== undefined) return refused(`${url.hostname} is at ${bad}`);
  return requestPicture(url, address, access, limits);
}

/** One path for all pictures, which are told apart by the address they are asked for. */
function standInUrl(standIn: string, url: URL): URL {
  const asked = new URL('/picture', standIn);
  asked.searchParams.set('of', `${url.origin}${url.pathname}`);
  return asked;
}

function judged(answer: PictureAnswer): PictureOutcome {
  if (answer.kind === 'too_large') return refused('too large');
  const { status, bytes } = answer;
  if (status !== 200) {
    const isOver = status >= 300 && status < 500 && status !== 408 && status !== 429;
    return isOver ? refused(`answered ${status}`) : { kind: 'unavailable', reason: `answered ${status}` };
  }
  const contentType = pictureType(bytes);
  return contentType === null ? refused('no picture') : { kind: 'picture', contentType, bytes };
}

const refused = (reason: string): NoPicture => ({ kind: 'refused', reason: reason.slice(0, 300) });

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

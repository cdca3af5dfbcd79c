import { isIP } from 'node:net';
import { type ClipLink, type NamedClip, parseClipLink, type ShortLink } from '@clipmeter/core/clip-link';
import { DomainError } from '@clipmeter/core/domain-error';
import { type Platform, platformName } from '@clipmeter/core/platform';
import { lookupAll } from '#src/short-link/lookup-all.ts';
import { isPublicAddress } from '#src/short-link/public-address.ts';
import { type HopAnswer, type NetworkAccess, requestHop } from '#src/short-link/request-hop.ts';
import { untilAborted } from '#src/until-aborted.ts';

export type LinkOutcome =
  | { readonly kind: 'resolved'; readonly clip: NamedClip }
  /** It leads to no video that we may take, and asking again would not change that. */
  | {
      readonly kind: 'refused';
      /** For the clipper. */
      readonly sentence: string;
      /** For a log: which rule, and where. */
      readonly reason: string;
    }
  /** Nobody could say just now; asking again later may help. */
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface LinkResolver {
  resolve(link: ShortLink, signal: AbortSignal): Promise<LinkOutcome>;
}

export interface LinkResolverOptions extends Partial<NetworkAccess> {
  readonly timeoutMs?: number;
  readonly hopTimeoutMs?: number;
}

/** Requests that one link may take. */
const HOPS_MAX = 5;
const TIMEOUT_MS = 15_000;
const HOP_TIMEOUT_MS = 5_000;
const URL_LENGTH_MAX = 8_192;

/** The only hosts that are ever asked, for each platform that has short links. */
const HOSTS: Partial<Record<Platform, ReadonlySet<string>>> = {
  TIKTOK: new Set(['vm.tiktok.com', 'vt.tiktok.com', 'www.tiktok.com', 'm.tiktok.com', 'tiktok.com']),
  INSTAGRAM: new Set(['www.instagram.com', 'instagram.com']),
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const IS_GONE = new Set([400, 404, 410, 451]);

/**
 * Follows short and share links to the video they lead to. What somebody pasted decides where this machine connects, so
 * every step is fenced in: https on its own port, hosts of the link's platform only, public addresses only, at most five
 * steps, and a limit on time and on what is read.
 */
export function createLinkResolver(options: LinkResolverOptions = {}): LinkResolver {
  const { lookup = lookupAll, timeoutMs = TIMEOUT_MS, hopTimeoutMs = HOP_TIMEOUT_MS } = options;
  const access: NetworkAccess = { ...options, lookup };

  return {
    async resolve(link, signal) {
      const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      let url = new URL(link.url);
      // After the last request its answer may still name the video.
      for (let asked = 0; asked <= HOPS_MAX; asked += 1) {
        const straying = refusedUrl(url, link.platform);
        if (straying !== null) return straying;
        const clip = clipAt(url, link.platform);
        if (clip !== null) return { kind: 'resolved', clip };
        if (asked === HOPS_MAX) break;
        const answer = await ask(url, access, AbortSignal.any([within, AbortSignal.timeout(hopTimeoutMs)]));
        if ('kind' in answer) return answer;
        const next = nextUrl(url, answer, link.platform);
        if ('kind' in next) return next;
        url = next;
      }
      return noVideo(link.platform, `more than ${HOPS_MAX} redirects`);
    },
  };
}

/** The fence, at every hop. */
function refusedUrl(url: URL, platform: Platform): LinkOutcome | null {
  if (url.protocol !== 'https:') return strayed(platform, `not https: ${url.protocol}`);
  if (url.port !== '' || url.username !== '' || url.password !== '')
    return strayed(platform, 'a port or a login in it');
  if (url.href.length > URL_LENGTH_MAX) return strayed(platform, 'an address that is too long');
  return HOSTS[platform]?.has(url.hostname) ? null : strayed(platform, `another host: ${url.hostname}`);
}

async function ask(url: URL, access: NetworkAccess, signal: AbortSignal): Promise<HopAnswer | LinkOutcome> {
  try {
    const addresses = await untilAborted(() => access.lookup(url.hostname), signal);
    if (addresses.length === 0) return { kind: 'unavailable', reason: `${url.hostname} has no address` };
    // One bad answer among good ones is a name that somebody else has a hand in.
    const bad = addresses.find((candidate) => !isPublicAddress(candidate));
    if (bad !== undefined) return refused('That link could not be followed safely.', `${url.hostname} is at ${bad}`);
    return await requestAny(url, addresses, access, signal);
  } catch (error) {
    return { kind: 'unavailable', reason: `${url.hostname} did not answer: ${describe(error)}` };
  }
}

/** Tries one address of each family, in the order given; all of them were checked. */
async function requestAny(
  url: URL,
  addresses: readonly string[],
  access: NetworkAccess,
  signal: AbortSignal,
): Promise<HopAnswer> {
  const byFamily = new Map(addresses.toReversed().map((address) => [isIP(address), address]));
  let failure: unknown;
  for (const address of addresses.filter((candidate) => byFamily.get(isIP(candidate)) === candidate)) {
    try {
      return await requestHop(url, address, access, signal);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function nextUrl(url: URL, { status, location }: HopAnswer, platform: Platform): URL | LinkOutcome {
  if (REDIRECTS.has(status)) {
    const next = location === null ? null : URL.parse(location, url);
    return next ?? noVideo(platform, `${status} without an address`);
  }
  if (IS_GONE.has(status)) return noVideo(platform, `${url.hostname} answered ${status}`);
  if (status >= 200 && status < 300) return noVideo(platform, `${url.hostname} answered ${status} and led no further`);
  return { kind: 'unavailable', reason: `${url.hostname} answered ${status}` };
}

/** The video that an address names by itself: then there is nothing left to ask. */
function clipAt(url: URL, platform: Platform): NamedClip | null {
  // Without the query, which may be longer than a pasted link is allowed to be; these platforms name nothing there.
  const link = parsed(`${url.origin}${url.pathname}`);
  return link?.kind === 'clip' && link.platform === platform ? link : null;
}

function parsed(text: string): ClipLink | null {
  try {
    return parseClipLink(text);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function noVideo(platform: Platform, reason: string): LinkOutcome {
  return refused(`That ${platformName(platform)} link leads to no video. Open the video and copy its link.`, reason);
}

function strayed(platform: Platform, reason: string): LinkOutcome {
  return refused(`That ${platformName(platform)} link leads away from ${platformName(platform)}.`, reason);
}

function refused(sentence: string, reason: string): LinkOutcome {
  return { kind: 'refused', sentence, reason: reason.slice(0, 300) };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

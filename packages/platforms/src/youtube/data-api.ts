import { z } from 'zod';
import type { Refusal } from '#src/port.ts';
import { msUntilQuotaReset } from '#src/youtube/quota-reset.ts';

export interface DataApiAccess {
  readonly apiKey: string;
  /** Default: https://www.googleapis.com */
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
  readonly now?: () => Date;
}

export type ListOutcome =
  | { readonly kind: 'answered'; readonly items: readonly unknown[] }
  | Refusal
  | { readonly kind: 'interrupted'; readonly reason: string };

/** The most ids that one call of `videos.list` takes; a call is one unit of quota whatever it asks. */
export const IDS_PER_CALL_MAX = 50;

const CALL_TIMEOUT_MS = 30_000;
const RATE_LIMIT_WAIT_MS = 60_000;

const DAY_IS_SPENT = new Set(['quotaExceeded', 'dailyLimitExceeded']);
const TOO_FAST = new Set(['rateLimitExceeded', 'userRateLimitExceeded']);
/** Nothing but a person with access to the Google project mends these. */
const NEEDS_A_PERSON = new Set(['keyInvalid', 'keyExpired', 'accessNotConfigured', 'ipRefererBlocked']);

const videoList = z.looseObject({ items: z.array(z.unknown()) });
/** For a handle that nobody has the real API answers without `items`. */
const channelList = z.looseObject({
  kind: z.literal('youtube#channelListResponse').or(z.literal('youtube#listResponse')),
  items: z.array(z.unknown()).default([]),
});
const apiError = z.looseObject({
  error: z.looseObject({
    message: z.string().catch(''),
    errors: z.array(z.looseObject({ reason: z.string().catch('') })).catch([]),
    details: z.array(z.looseObject({ reason: z.string().catch('') })).catch([]),
  }),
});

/** One call of `videos.list`. Only a whole, well-formed list makes an absent id mean that the video is not there. */
export function listVideos(access: DataApiAccess, ids: readonly string[], signal: AbortSignal): Promise<ListOutcome> {
  const query = { part: 'snippet,statistics,status,contentDetails', id: ids.join(',') };
  return list(access, { resource: 'videos', query, schema: videoList }, signal);
}

/** One call of `channels.list`, for a handle. */
export function listChannels(access: DataApiAccess, handle: string, signal: AbortSignal): Promise<ListOutcome> {
  const query = { part: 'snippet', forHandle: `@${handle}` };
  return list(access, { resource: 'channels', query, schema: channelList }, signal);
}

interface Listing {
  readonly resource: string;
  readonly query: Readonly<Record<string, string>>;
  readonly schema: z.ZodType<{ items: unknown[] }>;
}

/** The key goes out in the address and comes back in no reason. */
async function list(
  access: DataApiAccess,
  { resource, query, schema }: Listing,
  signal: AbortSignal,
): Promise<ListOutcome> {
  const { apiKey, baseUrl = 'https://www.googleapis.com', fetch = globalThis.fetch } = access;
  const url = new URL(`/youtube/v3/${resource}`, baseUrl);
  for (const [name, value] of Object.entries({ ...query, key: apiKey })) url.searchParams.set(name, value);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]) });
    const body: unknown = await response.json().catch(() => null);
    const listed = response.ok ? schema.safeParse(body) : null;
    if (listed?.success) return { kind: 'answered', items: listed.data.items };
    return refusal(access, response.status, body);
  } catch (error) {
    if (signal.aborted) return { kind: 'interrupted', reason: 'stopped while reading' };
    return { kind: 'failed', reason: `the YouTube Data API did not answer${codeOf(error)}` };
  }
}

function refusal({ apiKey, now = () => new Date() }: DataApiAccess, status: number, body: unknown): Refusal {
  const parsed = apiError.safeParse(body);
  const { message, errors, details } = parsed.success ? parsed.data.error : { message: '', errors: [], details: [] };
  const reasons = [...errors, ...details].map((error) => error.reason).filter((text) => text !== '');
  const said = [status, reasons[0] ?? '', message].join(' ').trim();
  const reason = `the YouTube Data API answered ${said}`.replaceAll(apiKey, '(key)').slice(0, 300);
  const isAny = (known: ReadonlySet<string>) => reasons.some((text) => known.has(text));
  if (isAny(DAY_IS_SPENT)) return { kind: 'throttled', retryAfterMs: msUntilQuotaReset(now()), reason };
  if (status === 429 || isAny(TOO_FAST)) return { kind: 'throttled', retryAfterMs: RATE_LIMIT_WAIT_MS, reason };
  const isKeyRefused = isAny(NEEDS_A_PERSON) || reasons.includes('API_KEY_INVALID');
  if (isKeyRefused || status === 401 || status === 403) return { kind: 'stopped', reason };
  return { kind: 'failed', reason };
}

/** The code of a network error, never its text: the text may quote the address, and the key is in it. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error.name === 'TimeoutError') return ' in time';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
}

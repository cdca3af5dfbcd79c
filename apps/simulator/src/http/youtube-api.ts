import { z } from 'zod';
import type { Row } from '#src/actors/actor.ts';
import type { Fault } from '#src/fault.ts';
import { drop, type Exchange, invalidJson, json, type Reply } from '#src/http/exchange.ts';
import type { Router } from '#src/http/router.ts';
import { channelItem, spoilVideoItems, videoItem } from '#src/http/youtube-item.ts';
import { seededRandom } from '#src/random.ts';
import type { SimulatorStore } from '#src/store.ts';

const IDS_MAX = 50;
/** How long a request that hangs is held before the line goes dead. */
const HANG_MAX_MS = 110_000;
/** The quota's day ends at midnight of the Pacific; summer time is left out. */
const PACIFIC_OFFSET_MS = 8 * 3_600_000;

const REASONS: Record<number, string> = {
  400: 'badRequest',
  401: 'authError',
  403: 'quotaExceeded',
  404: 'notFound',
  429: 'rateLimitExceeded',
};

const querySchema = z.object({
  part: z.string().min(1),
  key: z.string().min(1),
  id: z.string().optional(),
  forHandle: z.string().optional(),
});
type Query = z.infer<typeof querySchema>;

/** Mounts the YouTube Data API v3: videos and channels, one quota unit a call. */
export function mountYoutubeApi(router: Router, store: SimulatorStore, quotaUnits: number): void {
  const quota = new Quota(quotaUnits);
  let calls = 0;

  const call = async (exchange: Exchange, find: (query: Query) => Row[] | Reply): Promise<Reply> => {
    const refused = refuse(exchange, quota);
    if (refused) return refused;
    const fault = store.faults.drawWire('YOUTUBE', 'direct');
    if (fault && fault.kind !== 'accept_then_drop') return faultReply(fault);
    const query = querySchema.parse(Object.fromEntries(exchange.query));
    const found = find(query);
    if (!Array.isArray(found)) return found;
    const faults = store.faults.drawRun('YOUTUBE');
    const items = spoilVideoItems(found, faults, seededRandom('direct', calls++));
    store.usage.countDirect('YOUTUBE', items.length);
    if (fault) return drop;
    if (faults.some(({ kind }) => kind === 'hang')) return hang(exchange);
    if (faults.some(({ kind }) => ['failed', 'timed_out', 'aborted'].includes(kind))) {
      return youtubeError(503, 'backendError', 'The service is currently unavailable.');
    }
    return json(200, {
      kind: 'youtube#listResponse',
      etag: 'simulated',
      items,
      pageInfo: { totalResults: items.length, resultsPerPage: items.length },
    });
  };

  router.on('GET', '/youtube/v3/videos', (exchange) =>
    call(exchange, (query) => {
      const ids = query.id?.split(',').filter(Boolean) ?? [];
      if (ids.length === 0) return noFilter();
      if (ids.length > IDS_MAX) {
        return youtubeError(400, 'invalidFilters', `At most ${IDS_MAX} ids may be asked for at once.`);
      }
      // The real one answers an id once, however often it is asked for.
      return [...new Set(ids)].flatMap((id): Row[] => present(videoItem(store.catalogue, id, query.part.split(','))));
    }),
  );

  router.on('GET', '/youtube/v3/channels', (exchange) =>
    call(exchange, (query) => {
      const { catalogue } = store;
      if (query.forHandle === undefined && query.id === undefined) return noFilter();
      const channels =
        query.forHandle === undefined
          ? (query.id ?? '').split(',').map((id) => catalogue.profileById('YOUTUBE', id))
          : [catalogue.profile('YOUTUBE', query.forHandle)];
      return channels.flatMap((channel): Row[] => present(channel && channelItem(channel)));
    }),
  );
}

/** Units left today. */
class Quota {
  readonly #unitsADay: number;
  #day = 0;
  #used = 0;

  constructor(unitsADay: number) {
    this.#unitsADay = unitsADay;
  }

  /** Takes one unit; false when the day's are used up. */
  take(): boolean {
    const day = Math.floor((Date.now() - PACIFIC_OFFSET_MS) / 86_400_000);
    if (day !== this.#day) {
      this.#day = day;
      this.#used = 0;
    }
    if (this.#used >= this.#unitsADay) return false;
    this.#used += 1;
    return true;
  }
}

function refuse(exchange: Exchange, quota: Quota): Reply | undefined {
  if (!exchange.query.get('key')) {
    const message =
      "Method doesn't allow unregistered callers. Please use API Key or other form of API consumer identity.";
    return youtubeError(403, 'forbidden', message);
  }
  if (!exchange.query.get('part')) return youtubeError(400, 'missingRequiredParameter', 'Required parameter: part');
  if (quota.take()) return undefined;
  return youtubeError(403, 'quotaExceeded', 'The request cannot be completed because you have exceeded your quota.');
}

function present(row: Row | undefined): Row[] {
  return row ? [row] : [];
}

function noFilter(): Reply {
  return youtubeError(400, 'missingRequiredParameter', 'No filter selected.');
}

function faultReply(fault: Fault): Reply {
  if (fault.kind === 'invalid_json') return invalidJson;
  if (fault.kind !== 'http_error') return drop;
  const status = fault.status ?? 500;
  return youtubeError(status, fault.type ?? REASONS[status] ?? 'backendError', 'The simulator was told to fail.');
}

function youtubeError(code: number, reason: string, message: string): Reply {
  const domain = reason === 'quotaExceeded' ? 'youtube.quota' : 'global';
  return json(code, { error: { code, message, errors: [{ message, domain, reason }] } });
}

function hang(exchange: Exchange): Promise<Reply> {
  const { promise, resolve } = Promise.withResolvers<Reply>();
  const timer = setTimeout(() => resolve(drop), HANG_MAX_MS);
  exchange.signal.addEventListener('abort', () => resolve(drop), { once: true });
  return promise.finally(() => clearTimeout(timer));
}

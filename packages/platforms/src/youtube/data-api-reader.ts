import { randomUUID } from 'node:crypto';
import { invariant } from '@clipmeter/core/invariant';
import { ZERO_MICROS } from '@clipmeter/core/money';
import { findIncident } from '#src/find-incident.ts';
import { judgeAbsences } from '#src/judge-absences.ts';
import { matchResults } from '#src/match-results.ts';
import type { PlatformReader, VideoRef, VideoResult } from '#src/port.ts';
import { missing } from '#src/read-item.ts';
import { type DataApiAccess, IDS_PER_CALL_MAX, listVideos } from '#src/youtube/data-api.ts';
import { readDataApiItem } from '#src/youtube/data-api-item.ts';

const CALLS_PER_RUN_MAX = 10;

/** The ids of runs that exist nowhere but here: this API has none. */
const RUN_ID_PREFIX = 'direct:';

/**
 * YouTube through its own Data API: free, within 10,000 calls a day. There are no runs to start or to lose, so `start`
 * only names one and `collect` makes the calls, again if it is called again.
 */
export function createYoutubeDataApiReader(access: DataApiAccess): PlatformReader {
  const { now = () => new Date() } = access;
  return {
    platform: 'YOUTUBE',
    source: 'youtube-data-api',
    maxBatch: IDS_PER_CALL_MAX * CALLS_PER_RUN_MAX,
    minimumChargeMicros: ZERO_MICROS,
    pricePerResultMicros: ZERO_MICROS,
    tellsGone: true,

    async start(batch) {
      assertBatch(batch);
      return { kind: 'started', externalRunId: `${RUN_ID_PREFIX}${randomUUID()}`, startedAt: now() };
    },

    async adopt() {
      return { kind: 'none' };
    },

    async collect(externalRunId, batch, signal) {
      assertBatch(batch);
      invariant(externalRunId.startsWith(RUN_ID_PREFIX), 'a run of the Data API was named by its own reader');
      const results: VideoResult[] = [];
      for (const refs of slices(batch, IDS_PER_CALL_MAX)) {
        const ids = [...new Set(refs.map((ref) => ref.externalId))];
        const answer = await listVideos(access, ids, signal);
        if (answer.kind === 'answered') {
          results.push(...readList(refs, answer.items));
          continue;
        }
        if (answer.kind === 'interrupted') return answer;
        if (results.length === 0) return { ...answer, costMicros: ZERO_MICROS };
        // What was read before the refusal is kept; the next run meets the refusal at its first call.
        const unread = batch.slice(results.length).map((ref) => ({ ref, outcome: missing('unknown', answer.reason) }));
        return ended([...results, ...unread], answer.reason);
      }
      return ended(results, findIncident(results));
    },

    async cost() {
      return ZERO_MICROS;
    },
  };

  function ended(results: readonly VideoResult[], incident: string | null) {
    return { kind: 'ended', endedAt: now(), results, costMicros: ZERO_MICROS, costIsFinal: true, incident } as const;
  }
}

/** An id that a whole answer leaves out is not there. An answer with items that we cannot read, or did not ask for, is not. */
function readList(refs: readonly VideoRef[], rows: readonly unknown[]): VideoResult[] {
  const items = rows.map(readDataApiItem).filter((item) => item !== null);
  const asked = new Set(refs.map((ref) => ref.externalId));
  const isOurs = (id: string | null) => id !== null && asked.has(id);
  const isWhole = items.length === rows.length && items.every((item) => isOurs(item.externalId));
  const named = new Set(items.map((item) => item.externalId));
  return judgeAbsences(matchResults('YOUTUBE', refs, items), false).map((result) =>
    isWhole && !named.has(result.ref.externalId)
      ? { ref: result.ref, outcome: missing('not_found', 'absent from the answer') }
      : result,
  );
}

function slices<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

function assertBatch(batch: readonly VideoRef[]): void {
  const maxBatch = IDS_PER_CALL_MAX * CALLS_PER_RUN_MAX;
  invariant(batch.length > 0 && batch.length <= maxBatch, `a batch holds 1 to ${maxBatch} videos`);
}

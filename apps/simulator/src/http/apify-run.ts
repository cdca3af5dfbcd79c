import { z } from 'zod';
import { actorId } from '#src/actors/find-actor.ts';
import { apifyError } from '#src/http/apify-error.ts';
import { json, type Reply } from '#src/http/exchange.ts';
import { isTerminal, type Run } from '#src/run.ts';
import type { SimulatorStore } from '#src/store.ts';

export const USER_ID = 'SimulatorUser0001';
const BUILD_ID = 'SimulatorBuild001';
const LIST_MAX = 1_000;

const listQuerySchema = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(0).default(LIST_MAX),
  desc: z.string().optional(),
  status: z.string().optional(),
  startedAfter: z.coerce.date().optional(),
  startedBefore: z.coerce.date().optional(),
});

/** A run as the API tells it. */
export function runData(store: SimulatorStore, run: Run) {
  const { timeoutSecs, memoryMbytes, maxItems, maxTotalChargeUsd, build } = run.options;
  const runTimeSecs = ((run.finishedAtMs ?? Date.now()) - run.startedAtMs) / 1000;
  return {
    ...briefRunData(store, run),
    userId: USER_ID,
    statusMessage: statusMessage(run),
    isStatusMessageTerminal: isTerminal(run.status),
    stats: { inputBodyLen: JSON.stringify(run.input).length, restartCount: 0, runTimeSecs, computeUnits: 0 },
    options: { build, timeoutSecs, memoryMbytes, diskMbytes: 2 * memoryMbytes, maxItems, maxTotalChargeUsd },
    exitCode: run.status === 'SUCCEEDED' ? 0 : isTerminal(run.status) ? 1 : null,
    pricingInfo: { pricingModel: 'PAY_PER_EVENT' },
    chargedEventCounts: { 'apify-default-dataset-item': run.billedResults },
  };
}

/** The runs that a list query asks for. `startedAfter` and `startedBefore` include the moment itself. */
export function listRuns(store: SimulatorStore, runs: Run[], query: URLSearchParams): Reply {
  const parsed = listQuerySchema.safeParse(Object.fromEntries(query));
  if (!parsed.success) return apifyError('invalid-input', { message: z.prettifyError(parsed.error) });
  const { offset, limit, status, startedAfter, startedBefore } = parsed.data;
  const desc = parsed.data.desc === '1' || parsed.data.desc === 'true';
  const statuses = status?.split(',');
  const found = runs.filter(
    (run) =>
      (!statuses || statuses.includes(run.status)) &&
      (!startedAfter || run.startedAtMs >= startedAfter.getTime()) &&
      (!startedBefore || run.startedAtMs <= startedBefore.getTime()),
  );
  if (desc) found.reverse();
  const page = found.slice(offset, offset + Math.min(limit || LIST_MAX, LIST_MAX));
  const items = page.map((run) => briefRunData(store, run));
  return json(200, { data: { total: found.length, count: items.length, offset, limit, desc, items } });
}

function briefRunData(store: SimulatorStore, run: Run) {
  return {
    id: run.id,
    actId: actorId(run.actorName),
    actorTaskId: null,
    startedAt: new Date(run.startedAtMs).toISOString(),
    finishedAt: run.finishedAtMs === null ? null : new Date(run.finishedAtMs).toISOString(),
    status: run.status,
    meta: { origin: 'API' },
    buildId: BUILD_ID,
    buildNumber: '0.0.1',
    defaultKeyValueStoreId: run.defaultKeyValueStoreId,
    defaultDatasetId: run.defaultDatasetId,
    defaultRequestQueueId: run.defaultRequestQueueId,
    // The wire's own form is a float of dollars; inside, charges are whole micros.
    usageTotalUsd: Number(store.runs.shownChargeMicros(run)) / 1_000_000,
  };
}

function statusMessage(run: Run): string {
  switch (run.status) {
    case 'READY':
      return 'Waiting for a server';
    case 'RUNNING':
      return 'Scraping';
    case 'SUCCEEDED':
      return `Finished! ${run.items.length} results.`;
    case 'FAILED':
      return 'The Actor process failed with exit code 1';
    case 'TIMED-OUT':
      return 'The Actor run timed out';
    default:
      return 'The Actor run was aborted';
  }
}

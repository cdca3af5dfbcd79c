import { type Micros, parseMicros } from '@clipmeter/core/money';
import { z } from 'zod';

const TERMINAL_STATUSES = ['SUCCEEDED', 'FAILED', 'TIMED-OUT', 'ABORTED'];

/** Apify adds up what a run cost for about 10 s after its end; twice that is taken for settled. */
const COST_SETTLES_AFTER_MS = 20_000;

/** The part of a run that we rely on. The client has already made dates of what ends in "At". */
const apifyRun = z.object({
  id: z.string().min(1),
  status: z.string(),
  startedAt: z.date(),
  finishedAt: z.date().nullish(),
  defaultDatasetId: z.string().min(1),
  defaultKeyValueStoreId: z.string().min(1),
  usageTotalUsd: z.number().nonnegative().nullish().catch(null),
});

export type ApifyRun = z.infer<typeof apifyRun>;

/** Null for what is not a run. */
export function readApifyRun(value: unknown): ApifyRun | null {
  const parsed = apifyRun.safeParse(value);
  return parsed.success ? parsed.data : null;
}

export function hasEnded(run: ApifyRun): boolean {
  return TERMINAL_STATUSES.includes(run.status);
}

/** What the run has cost so far: Apify's number of dollars, rounded to the micro. Null when Apify does not say. */
export function runCost(run: ApifyRun): Micros | null {
  const { usageTotalUsd } = run;
  // toFixed, because a small number prints as 1e-7; the bound keeps it inside what a Micros holds.
  return usageTotalUsd == null || usageTotalUsd > 1e9 ? null : parseMicros(usageTotalUsd.toFixed(6));
}

export function isCostFinal(run: ApifyRun, now: Date): boolean {
  return hasEnded(run) && run.finishedAt != null && now.getTime() - run.finishedAt.getTime() >= COST_SETTLES_AFTER_MS;
}

import { invariant } from '@clipmeter/core/invariant';
import { type Micros, maxMicros, micros, parseMicros } from '@clipmeter/core/money';
import type { ActorAdapter } from '#src/apify/actor-adapter.ts';
import { type ApifyRun, isCostFinal, runCost } from '#src/apify/apify-run.ts';
import type { ApifyRuns } from '#src/apify/apify-runs.ts';
import { findIncident, isNoAnswer } from '#src/find-incident.ts';
import { judgeAbsences } from '#src/judge-absences.ts';
import { matchResults } from '#src/match-results.ts';
import type { PlatformReader, RunOutcome, VideoRef } from '#src/port.ts';

export interface ActorReaderOptions {
  readonly now?: () => Date;
  /** How long a run may take, before the platform ends it. Default: by the batch's size. */
  readonly runTimeoutSecs?: number;
}

const TIMEOUT_BASE_SECS = 180;
const TIMEOUT_PER_VIDEO_SECS = 2;
/** After its own timeout a run gets this long to be over before it is aborted from here. */
const WAIT_GRACE_MS = 60_000;
/** Room for rows that repeat a video, which must not crowd out another; an actor gone wild costs twice, not more. */
const ROWS_PER_VIDEO_PAID = 2;
/** The most a small run may cost: a limit of a tenth of a cent may be below what an actor accepts, which refuses the run. */
const CHARGE_MAX_LEAST = parseMicros('0.05');
/** An actor may write more rows than it was asked for; a limit stands against one that does not stop. */
const ROWS_PER_VIDEO_MAX = 10;

/** A platform read through an actor of Apify. */
export function createActorReader(
  adapter: ActorAdapter,
  runs: ApifyRuns,
  { now = () => new Date(), runTimeoutSecs }: ActorReaderOptions = {},
): PlatformReader {
  const timeoutSecs = (batch: readonly VideoRef[]) =>
    runTimeoutSecs ?? TIMEOUT_BASE_SECS + TIMEOUT_PER_VIDEO_SECS * batch.length;

  return {
    platform: adapter.platform,
    source: adapter.actorId,
    maxBatch: adapter.maxBatch,
    minimumChargeMicros: adapter.minimumChargeMicros,
    pricePerResultMicros: adapter.pricePerResultMicros,
    tellsGone: adapter.tellsGone,

    async start(batch, signal) {
      assertBatch(batch, adapter.maxBatch);
      const limits = {
        itemsMax: batch.length * ROWS_PER_VIDEO_PAID,
        chargeMaxMicros: chargeMax(adapter, batch.length),
        timeoutSecs: timeoutSecs(batch),
      };
      const outcome = await runs.start(adapter.actorId, adapter.buildInput(batch), limits, signal);
      return outcome.kind === 'rejected' ? { ...outcome, suspects: namedIn(outcome.reason, batch) } : outcome;
    },

    adopt(batch, recordedAt, options = {}) {
      assertBatch(batch, adapter.maxBatch);
      return runs.find(adapter.actorId, adapter.buildInput(batch), recordedAt, options);
    },

    async collect(externalRunId, batch, signal) {
      assertBatch(batch, adapter.maxBatch);
      const wait = await runs.waitForEnd(externalRunId, timeoutSecs(batch) * 1000 + WAIT_GRACE_MS, signal);
      if (wait.kind === 'interrupted') return wait;
      if (wait.kind === 'gone') return { kind: 'failed', reason: 'Apify does not know the run', costMicros: null };
      const { run } = wait;
      const rows = await runs.readItems(run.defaultDatasetId, batch.length * ROWS_PER_VIDEO_MAX, signal);
      if (rows.kind === 'interrupted') return rows;
      return endedRun(adapter, batch, run, rows.items, now());
    },

    async cost(externalRunId, signal) {
      const run = await runs.read(externalRunId, signal);
      return run !== null && isCostFinal(run, now()) ? runCost(run) : null;
    },
  };
}

/**
 * Reads the items for each video and not for the run: a run that succeeded may have read nothing, and one that timed
 * out was paid for what it did read.
 */
function endedRun(
  adapter: ActorAdapter,
  batch: readonly VideoRef[],
  run: ApifyRun,
  rows: readonly unknown[],
  now: Date,
): RunOutcome {
  const items = rows.map((row) => adapter.readItem(row)).filter((item) => item !== null);
  const matched = matchResults(adapter.platform, batch, items);
  const costMicros = runCost(run);
  const hasSucceeded = run.status === 'SUCCEEDED';
  if (!hasSucceeded && matched.every(({ outcome }) => isNoAnswer(outcome))) {
    return { kind: 'failed', reason: `the run ended ${run.status} without a result`, costMicros };
  }
  const incident = findIncident(matched) ?? (hasSucceeded ? null : `the run ended ${run.status}`);
  return {
    kind: 'ended',
    endedAt: run.finishedAt ?? now,
    results: judgeAbsences(matched, !adapter.tellsGone && incident === null),
    costMicros,
    costIsFinal: isCostFinal(run, now),
    incident,
  };
}

/** The videos of a batch that a refusal names, by an address or an id in its text. */
function namedIn(reason: string, batch: readonly VideoRef[]): string[] {
  const words = new Set(reason.split(/[^0-9A-Za-z_-]+/));
  return batch.map((ref) => ref.externalId).filter((externalId) => words.has(externalId));
}

/** The most a run may cost. Never below the minimum charge: the platform refuses to start such a run. */
function chargeMax(adapter: ActorAdapter, batchSize: number): Micros {
  const rowsMicros = adapter.pricePerResultMicros * BigInt(batchSize * ROWS_PER_VIDEO_PAID);
  return [adapter.minimumChargeMicros, micros(rowsMicros)].reduce(maxMicros, CHARGE_MAX_LEAST);
}

function assertBatch(batch: readonly VideoRef[], maxBatch: number): void {
  invariant(batch.length > 0 && batch.length <= maxBatch, `a batch holds 1 to ${maxBatch} videos`);
}

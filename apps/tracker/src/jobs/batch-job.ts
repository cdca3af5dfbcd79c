import { formatDecimal } from '@clipmeter/core/money';
import { pricedInterval } from '@clipmeter/core/read-interval';
import type { Pool } from '@clipmeter/db/connect';
import type { SettlementConfig } from '@clipmeter/db/plan-batch';
import { batchQueue } from '@clipmeter/db/queues';
import type { ReadResult } from '@clipmeter/db/read-result';
import { type RunRecord, readRun } from '@clipmeter/db/scrape-run';
import { type BatchSummary, settleBatch } from '@clipmeter/db/settle-batch';
import type { EndedRun, PlatformReader, RejectedInput } from '@clipmeter/platforms/port';
import type { Logger } from 'pino';
import { z } from 'zod';
import { recordEnd, recordRefusal } from '#src/batch-outcome.ts';
import { type FaultPoints, hitFaultPoint } from '#src/fault-points.ts';
import { recordRejection } from '#src/input-refusal.ts';
import { sendCostJob } from '#src/jobs/cost-job.ts';
import type { Job } from '#src/jobs/job.ts';
import type { JobOutbox } from '#src/jobs/job-outbox.ts';
import type { WorkMeter } from '#src/metrics/work-meter.ts';
import { readReadPrice } from '#src/read-price.ts';
import { startOrAdopt } from '#src/run-start.ts';

export interface BatchDeps {
  readonly pool: Pool;
  readonly outbox: JobOutbox;
  readonly log: Logger;
  readonly meter: WorkMeter;
  readonly now: () => Date;
  readonly adoptWaitMs: number;
  /** A run that has not ended so long after it was recorded is given up. */
  readonly giveUpMs: number;
  readonly settlement: SettlementConfig;
  readonly faultPoints: FaultPoints;
}

const batchData = z.object({ runId: z.uuid() });
type BatchData = z.infer<typeof batchData>;

/** Before a run that could not be told anything of is asked about again. */
const ASK_AGAIN_SECONDS = 5;

/** Takes one recorded run from its start to its settlement; delivered again, it goes on where it was left. */
export function createBatchJob(deps: BatchDeps, reader: PlatformReader): Job<BatchData> {
  return {
    queue: batchQueue(reader.platform),
    data: batchData,
    concurrency: 4,
    pollSeconds: 0.5,
    handle: ({ runId }, signal) => runBatch(deps, reader, runId, signal),
  };
}

/**
 * Reads one batch: starts (or adopts) its run, waits for the end and settles what it answered. Every outcome of the
 * platform is dealt with here; only a failing database makes it throw.
 */
export async function runBatch(
  deps: BatchDeps,
  reader: PlatformReader,
  runId: string,
  signal: AbortSignal,
): Promise<void> {
  const run = await readRun(deps.pool, runId);
  if (run === null || run.status === 'SETTLED' || run.status === 'FAILED') {
    return deps.log.debug({ run: runId, status: run?.status ?? null }, 'batch was over already');
  }
  const beganAt = deps.now();

  const start = await startOrAdopt(deps, reader, run, signal);
  if (start.kind === 'wait') return askAgain(deps, run, start.reason, beganAt, signal);
  if (start.kind === 'rejected') return rejected(deps, run, start, beganAt);
  if (start.kind !== 'running') return refused(deps, run, start, beganAt);
  if (start.how !== null) deps.meter.runStarted(run.platform, start.how);

  await hitFaultPoint(deps.faultPoints, 'run:started');
  const outcome = await reader.collect(start.externalRunId, run.clips, signal);
  await hitFaultPoint(deps.faultPoints, 'run:after-collect');
  if (outcome.kind === 'interrupted') return askAgain(deps, run, outcome.reason, beganAt, signal);
  if (outcome.kind !== 'ended' || !outcome.costIsFinal) await sendCostJob(deps.outbox, run.id);
  if (outcome.kind !== 'ended') return refused(deps, run, outcome, beganAt);
  await settle(deps, run, outcome, deps.now().getTime() - beganAt.getTime());
  await hitFaultPoint(deps.faultPoints, 'batch:before-acknowledgement');
}

async function settle(deps: BatchDeps, run: RunRecord, ended: EndedRun, durationMs: number): Promise<void> {
  const settlingAt = performance.now();
  const interval = pricedInterval(deps.settlement.interval, await readReadPrice(deps.pool, run.platform));
  const summary = await settleBatch(
    deps.pool,
    {
      runId: run.id,
      platform: run.platform,
      endedAt: ended.endedAt,
      results: resultsByClip(run, ended),
      now: deps.now(),
      costMicros: ended.costMicros,
      costIsFinal: ended.costIsFinal,
      durationMs,
    },
    { ...deps.settlement, interval },
    (step) => hitFaultPoint(deps.faultPoints, step === 'settle:locked' ? step : 'settle:before-commit'),
  );
  meterBatch(deps.meter, run, ended, summary, { durationMs, tookMs: performance.now() - settlingAt });
  await hitFaultPoint(deps.faultPoints, 'settle:after-commit');
  await recordEnd(deps, run, ended);
  logBatch(deps.log, run, ended, summary, durationMs);
}

/**
 * The port answers by the platform's id of a video; settlement knows it by ours. What an incident left unknown is no
 * answer: counted against the clips it would keep them waiting long after the platform is well.
 */
function resultsByClip(run: RunRecord, ended: EndedRun): ReadResult[] {
  const clipIds = new Map(run.clips.map((clip) => [clip.externalId, clip.clipId]));
  return ended.results.flatMap(({ ref, outcome }) => {
    if (ended.incident !== null && (outcome.kind === 'unknown' || outcome.kind === 'other')) return [];
    const clipId = clipIds.get(ref.externalId);
    return clipId === undefined ? [] : [{ clipId, outcome }];
  });
}

/** A repeated delivery counts for what it credited, which is nothing but what the first one had not. */
function meterBatch(
  meter: WorkMeter,
  { platform }: RunRecord,
  ended: EndedRun,
  summary: BatchSummary,
  { durationMs, tookMs }: { durationMs: number; tookMs: number },
): void {
  meter.creditsMade(summary.credits);
  meter.credited('batch', summary.creditedMicros);
  if (summary.replayed > 0) return;
  meter.batchEnded(platform, ended.incident === null ? 'settled' : 'in_part', durationMs);
  meter.batchSettled(platform, tookMs);
  for (const { outcome } of ended.results) meter.clipsAnswered(platform, outcome.kind, 1);
  if (ended.costIsFinal && ended.costMicros !== null) meter.readsBilled(platform, ended.costMicros);
}

/** One line a batch. */
function logBatch(log: Logger, run: RunRecord, ended: EndedRun, summary: BatchSummary, durationMs: number): void {
  log.info(
    {
      run: run.id,
      platform: run.platform,
      claimed: run.clips.length,
      read: summary.read,
      unknown: run.clips.length - summary.read - summary.unavailable - summary.replayed,
      unavailable: summary.unavailable,
      replayed: summary.replayed,
      approved: summary.approved,
      credited: formatDecimal(summary.creditedMicros),
      cost: ended.costMicros === null ? null : formatDecimal(ended.costMicros),
      completed: summary.completedCampaignIds,
      incident: ended.incident,
      durationMs,
    },
    'batch settled',
  );
}

async function refused(
  deps: BatchDeps,
  run: RunRecord,
  refusal: Parameters<typeof recordRefusal>[2],
  beganAt: Date,
): Promise<void> {
  await recordRefusal(deps, run, refusal);
  const { id, platform, clips } = run;
  deps.meter.batchEnded(platform, refusal.kind, deps.now().getTime() - beganAt.getTime());
  deps.meter.clipsAnswered(platform, 'put_back', clips.length);
  deps.log.warn(
    { run: id, platform, claimed: clips.length, read: 0, outcome: refusal.kind, reason: refusal.reason },
    'batch put back',
  );
}

/** The platform does not take the batch as it is. */
async function rejected(
  deps: BatchDeps,
  run: RunRecord,
  { reason, ...rest }: RejectedInput,
  beganAt: Date,
): Promise<void> {
  await recordRejection(deps, run, { reason, ...rest });
  const { id, platform, clips } = run;
  deps.meter.batchEnded(platform, 'rejected', deps.now().getTime() - beganAt.getTime());
  // One that stands alone is the one that is not to be asked for.
  deps.meter.clipsAnswered(platform, clips.length === 1 ? 'refused' : 'put_back', clips.length);
  deps.log.warn({ run: id, platform, claimed: clips.length, read: 0, outcome: 'rejected', reason }, 'batch cut');
}

/**
 * The run goes on without us: its job comes again. At once when this process is what stops, so that the next one takes
 * over; never again when the run is too old to be waited for.
 */
async function askAgain(
  deps: BatchDeps,
  run: RunRecord,
  reason: string,
  beganAt: Date,
  signal: AbortSignal,
): Promise<void> {
  const ageMs = deps.now().getTime() - run.recordedAt.getTime();
  if (ageMs > deps.giveUpMs) {
    const refusal = { kind: 'failed', reason: `given up after ${Math.round(ageMs / 60_000)} min: ${reason}` } as const;
    return refused(deps, run, refusal, beganAt);
  }
  deps.log.debug({ run: run.id, platform: run.platform, reason }, 'batch is asked for again');
  const startAfter = signal.aborted ? 0 : ASK_AGAIN_SECONDS;
  await deps.outbox.send(batchQueue(run.platform), { runId: run.id }, { startAfter });
}

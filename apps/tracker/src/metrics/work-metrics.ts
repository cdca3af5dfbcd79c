import { formatDecimal, type Micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import { Counter, Histogram, type Registry } from 'prom-client';
import { BATCH_OUTCOMES, CLIP_OUTCOMES, CREDIT_SOURCES, RUN_STARTS, type WorkMeter } from '#src/metrics/work-meter.ts';

/** From a direct call of an API to a run of thousands of videos on a slow day. */
const BATCH_BUCKETS = [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800];
const SETTLEMENT_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The counters of what this process has done since it started. Every series of a known label is there from the start. */
export function createWorkMetrics(registry: Registry, platforms: readonly Platform[]): WorkMeter {
  const registers = [registry];
  const batches = new Counter({
    name: 'clipmeter_batches_total',
    help: 'Batches that have ended, by how.',
    labelNames: ['platform', 'outcome'],
    registers,
  });
  const runStarts = new Counter({
    name: 'clipmeter_run_starts_total',
    help: 'Runs of the platforms that were started, or adopted after the answer to a start was lost.',
    labelNames: ['platform', 'how'],
    registers,
  });
  const clips = new Counter({
    name: 'clipmeter_clip_outcomes_total',
    help: 'What the platforms said of clips.',
    labelNames: ['platform', 'outcome'],
    registers,
  });
  const batchSeconds = new Histogram({
    name: 'clipmeter_batch_duration_seconds',
    help: "From a batch's job to its end, waiting for the platform included.",
    labelNames: ['platform'],
    buckets: BATCH_BUCKETS,
    registers,
  });
  const settlementSeconds = new Histogram({
    name: 'clipmeter_settlement_duration_seconds',
    help: "A batch's settlement: one transaction, waiting for its locks included.",
    labelNames: ['platform'],
    buckets: SETTLEMENT_BUCKETS,
    registers,
  });
  const credits = new Counter({
    name: 'clipmeter_credits_total',
    help: 'Clips credited by batches (those of closing rounds are in the amount alone).',
    registers,
  });
  const creditedUsd = new Counter({
    name: 'clipmeter_credited_usd_total',
    help: 'Dollars credited, as a float for display; the ledger is what counts.',
    labelNames: ['source'],
    registers,
  });
  const costUsd = new Counter({
    name: 'clipmeter_read_cost_usd_total',
    help: 'Dollars of final bills of runs, as a float for display.',
    labelNames: ['platform'],
    registers,
  });
  const failedJobs = new Counter({
    name: 'clipmeter_failed_jobs_total',
    help: 'Jobs that threw: the database was away, or a defect. They are delivered again.',
    labelNames: ['queue'],
    registers,
  });

  for (const platform of platforms) {
    for (const outcome of BATCH_OUTCOMES) batches.inc({ platform, outcome }, 0);
    for (const outcome of CLIP_OUTCOMES) clips.inc({ platform, outcome }, 0);
    for (const how of RUN_STARTS) runStarts.inc({ platform, how }, 0);
    batchSeconds.zero({ platform });
    settlementSeconds.zero({ platform });
    costUsd.inc({ platform }, 0);
  }
  for (const source of CREDIT_SOURCES) creditedUsd.inc({ source }, 0);

  return {
    runStarted: (platform, how) => runStarts.inc({ platform, how }),
    batchEnded(platform, outcome, durationMs) {
      batches.inc({ platform, outcome });
      batchSeconds.observe({ platform }, Math.max(0, durationMs) / 1_000);
    },
    clipsAnswered: (platform, outcome, count) => clips.inc({ platform, outcome }, count),
    batchSettled: (platform, tookMs) => settlementSeconds.observe({ platform }, tookMs / 1_000),
    credited: (source, amountMicros) => creditedUsd.inc({ source }, usdForDisplay(amountMicros)),
    creditsMade: (count) => credits.inc(count),
    readsBilled: (platform, costMicros) => costUsd.inc({ platform }, usdForDisplay(costMicros)),
    jobFailed: (queue) => failedJobs.inc({ queue }),
  };
}

/** A float, for charts only. */
export function usdForDisplay(amount: Micros): number {
  return Number(formatDecimal(amount));
}

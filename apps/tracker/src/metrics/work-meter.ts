import type { Micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';

/**
 * How a batch ended. `in_part`: its run left most clips without an answer. `throttled`, `stopped` and `failed`: the
 * platform gave nothing and the clips went back. `rejected`: it does not take a run for what it asks.
 */
export const BATCH_OUTCOMES = ['settled', 'in_part', 'throttled', 'stopped', 'failed', 'rejected'] as const;
export type BatchOutcome = (typeof BATCH_OUTCOMES)[number];

/** What a run said of a clip; `put_back`: nothing, for no run of its batch was to be had; `refused`: not to be asked for. */
export const CLIP_OUTCOMES = [
  'found',
  'not_found',
  'private',
  'absent',
  'other',
  'unknown',
  'put_back',
  'refused',
] as const;
export type ClipOutcome = (typeof CLIP_OUTCOMES)[number];

/** How a batch came to its run. */
export const RUN_STARTS = ['started', 'adopted'] as const;
export type RunStartKind = (typeof RUN_STARTS)[number];

/** What credited: a batch, or the end of a campaign's closing round. */
export const CREDIT_SOURCES = ['batch', 'round'] as const;
export type CreditSource = (typeof CREDIT_SOURCES)[number];

/** Told what the jobs have done, once it is committed. It counts, and never decides: nothing may depend on it. */
export interface WorkMeter {
  runStarted(platform: Platform, how: RunStartKind): void;
  /** `durationMs` from the job's beginning, waiting for the platform included. */
  batchEnded(platform: Platform, outcome: BatchOutcome, durationMs: number): void;
  clipsAnswered(platform: Platform, outcome: ClipOutcome, clips: number): void;
  /** The transaction alone. */
  batchSettled(platform: Platform, tookMs: number): void;
  credited(source: CreditSource, amountMicros: Micros): void;
  /** Clips that a batch credited. */
  creditsMade(credits: number): void;
  /** A run's bill, once it is final. */
  readsBilled(platform: Platform, costMicros: Micros): void;
  jobFailed(queue: string): void;
}

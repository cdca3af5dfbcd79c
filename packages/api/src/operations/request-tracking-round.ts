import { setTimeout as sleepFor } from 'node:timers/promises';
import { formatUsd } from '@clipmeter/core/money';
import { type RoundResult, readTrackingRound, requestRound } from '@clipmeter/db/tracking-round';
import type { OperationDeps } from '#src/context.ts';
import type { TrackingRoundInput } from '#src/input/tracking-round.ts';

/** How often the round's row is looked at. */
const LOOK_EVERY_MS = 250;

/** How long the caller is kept waiting at most, and when nobody waits any more. */
export interface RoundWait {
  readonly waitMs: number;
  readonly signal: AbortSignal;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** The round has ended, with its sums; or it still runs and its sums come later. */
export type RoundAnswer =
  | { readonly running: true; readonly roundId: string }
  | { readonly running: false; readonly roundId: string; readonly durationMs: number; readonly stats: RoundStats };

export interface RoundStats {
  readonly processed: number;
  readonly successful: number;
  readonly failed: number;
  /** "$127.50" */
  readonly earningsAdded: string;
  readonly campaignsCompleted: number;
}

/**
 * Asks the tracker for a round, through Postgres, and waits for its end. While one is open a second call joins it, whatever
 * it asks for. A caller that goes away, or a web process that dies, changes nothing for the round.
 */
export async function requestTrackingRound(
  deps: OperationDeps,
  input: TrackingRoundInput,
  wait: RoundWait,
): Promise<RoundAnswer> {
  const sleep = wait.sleep ?? sleepFor;
  const untilMs = deps.now().getTime() + wait.waitMs;
  const { roundId } = await requestRound(deps.pool, { ...input, now: deps.now() });
  for (;;) {
    const round = await readTrackingRound(deps.pool, roundId);
    if (round?.result && round.endedAt) {
      const durationMs = round.endedAt.getTime() - round.requestedAt.getTime();
      return { running: false, roundId, durationMs, stats: statsOf(round.result) };
    }
    const leftMs = untilMs - deps.now().getTime();
    if (leftMs <= 0 || wait.signal.aborted) return { running: true, roundId };
    await sleep(Math.min(LOOK_EVERY_MS, leftMs));
  }
}

function statsOf({ earningsAddedMicros, ...counts }: RoundResult): RoundStats {
  return {
    processed: counts.processed,
    successful: counts.successful,
    failed: counts.failed,
    earningsAdded: formatUsd(earningsAddedMicros),
    campaignsCompleted: counts.campaignsCompleted,
  };
}

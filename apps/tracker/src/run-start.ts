import type { Queryable } from '@clipmeter/db/connect';
import { markRunStarted, type RunRecord } from '@clipmeter/db/scrape-run';
import type { PlatformReader, Refusal, RejectedInput } from '@clipmeter/platforms/port';
import { type FaultPoints, hitFaultPoint } from '#src/fault-points.ts';
import { recordAcceptance } from '#src/input-refusal.ts';
import type { RunStartKind } from '#src/metrics/work-meter.ts';

export interface RunStartDeps {
  readonly pool: Queryable;
  readonly faultPoints: FaultPoints;
  readonly now: () => Date;
  /** How long a start whose answer was lost may take to appear before another is allowed. */
  readonly adoptWaitMs: number;
}

export type RunStart =
  /** `how`: null if it was known already. */
  | { readonly kind: 'running'; readonly externalRunId: string; readonly how: RunStartKind | null }
  /** The run may exist and was not found yet: ask again. */
  | { readonly kind: 'wait'; readonly reason: string }
  | Refusal
  | RejectedInput;

/**
 * Gets a recorded run going on its platform, paying for it once.
 *
 * The platform gives a start no key by which a repeat would be known, so before each attempt its time is written to
 * `scrape_runs.started_at`, by one worker alone. Whoever finds that time and no run id knows that an attempt was made
 * whose answer is lost (a crash, a cut connection, a redelivered job): it looks for the run by its input, and attempts
 * again only when none has appeared for `adoptWaitMs`.
 */
export async function startOrAdopt(
  deps: RunStartDeps,
  reader: PlatformReader,
  run: RunRecord,
  signal: AbortSignal,
): Promise<RunStart> {
  if (run.externalRunId !== null) return { kind: 'running', externalRunId: run.externalRunId, how: null };
  if (await claimAttempt(deps, run.id, null)) return attempt(deps, reader, run, signal);

  const attemptedAt = await readAttempt(deps, run.id);
  if (attemptedAt === null) return { kind: 'wait', reason: 'another worker is starting it' };
  const knownRunIds = await otherRunIds(deps, run);
  const adopted = await reader.adopt(run.clips, run.recordedAt, { knownRunIds, signal });
  if (adopted.kind === 'adopted') return started(deps, run, adopted, 'adopted');
  if (adopted.kind === 'unavailable') return { kind: 'wait', reason: adopted.reason };
  if (deps.now().getTime() - attemptedAt.getTime() < deps.adoptWaitMs) {
    return { kind: 'wait', reason: 'the answer to its start was lost, and no such run is there yet' };
  }
  if (await claimAttempt(deps, run.id, attemptedAt)) return attempt(deps, reader, run, signal);
  return { kind: 'wait', reason: 'another worker is starting it' };
}

async function attempt(
  deps: RunStartDeps,
  reader: PlatformReader,
  run: RunRecord,
  signal: AbortSignal,
): Promise<RunStart> {
  await hitFaultPoint(deps.faultPoints, 'run:before-start');
  const outcome = await reader.start(run.clips, signal);
  await hitFaultPoint(deps.faultPoints, 'run:after-start');
  if (outcome.kind === 'started') return started(deps, run, outcome, 'started');
  if (outcome.kind === 'lost') return { kind: 'wait', reason: outcome.reason };
  return outcome;
}

async function started(
  deps: RunStartDeps,
  run: RunRecord,
  found: { externalRunId: string; startedAt: Date },
  how: RunStartKind,
): Promise<RunStart> {
  const externalRunId = await markRunStarted(deps.pool, { runId: run.id, ...found });
  await recordAcceptance(deps.pool, run);
  return { kind: 'running', externalRunId, how };
}

/** True for the one worker that may attempt now. */
async function claimAttempt(deps: RunStartDeps, runId: string, previous: Date | null): Promise<boolean> {
  const { rowCount } = await deps.pool.query(
    `UPDATE scrape_runs SET started_at = $2
     WHERE id = $1 AND status = 'RECORDED' AND external_run_id IS NULL AND started_at IS NOT DISTINCT FROM $3`,
    [runId, deps.now(), previous],
  );
  return rowCount === 1;
}

async function readAttempt(deps: RunStartDeps, runId: string): Promise<Date | null> {
  const { rows } = await deps.pool.query<{ started_at: Date | null }>(
    'SELECT started_at FROM scrape_runs WHERE id = $1',
    [runId],
  );
  return rows[0]?.started_at ?? null;
}

/** Runs of the platform that are already somebody's: two batches may hold the same clips. */
async function otherRunIds(deps: RunStartDeps, run: RunRecord): Promise<ReadonlySet<string>> {
  const { rows } = await deps.pool.query<{ external_run_id: string }>(
    `SELECT external_run_id FROM scrape_runs
     WHERE platform = $1 AND id <> $2 AND external_run_id IS NOT NULL AND created_at > $3::timestamptz - interval '1 day'`,
    [run.platform, run.id, run.recordedAt],
  );
  return new Set(rows.map((row) => row.external_run_id));
}

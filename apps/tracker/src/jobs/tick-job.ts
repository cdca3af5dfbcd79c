import { randomUUID } from 'node:crypto';
import { type Micros, micros } from '@clipmeter/core/money';
import { type Platform, platformName } from '@clipmeter/core/platform';
import { leaseClips, lockDue } from '@clipmeter/db/claim-due';
import type { Pool } from '@clipmeter/db/connect';
import { batchQueue, tickQueue } from '@clipmeter/db/queues';
import { recordRun, spentSince } from '@clipmeter/db/scrape-run';
import { type Tx, withTransaction } from '@clipmeter/db/transaction';
import type { PlatformReader } from '@clipmeter/platforms/port';
import type { Logger } from 'pino';
import { z } from 'zod';
import { raiseAlert, resolveAlert } from '#src/alert.ts';
import { type FaultPoints, withCommitFaults } from '#src/fault-points.ts';
import { EVERY_MINUTE, type Job } from '#src/jobs/job.ts';
import type { JobOutbox } from '#src/jobs/job-outbox.ts';
import { giveUpLostRuns } from '#src/lost-runs.ts';
import { readPlatformState } from '#src/platform-state.ts';
import { shouldStartRun } from '#src/should-start-run.ts';

export interface TickDeps {
  readonly pool: Pool;
  readonly outbox: JobOutbox;
  readonly log: Logger;
  readonly now: () => Date;
  readonly tickSeconds: number;
  /** After this a clip that nobody settled or gave back is due again. */
  readonly leaseMs: number;
  readonly maxIntervalMs: number;
  readonly dailyLimitMicros: Micros | null;
  /** Simulated reads cost nothing, so no batch is too small. */
  readonly ignoreMinimumCharge: boolean;
  readonly faultPoints: FaultPoints;
}

/** Runs of a platform that may be open at once: what is beyond waits for the next tick. */
const OPEN_RUNS_MAX = 8;

/** Looks every few seconds for clips of a platform that are due, and cuts them into runs. */
export function createTickJob(deps: TickDeps, reader: PlatformReader): Job {
  return {
    queue: tickQueue(reader.platform),
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 1,
    everySeconds: deps.tickSeconds,
    cron: EVERY_MINUTE,
    handle: (_data, signal) => tick(deps, reader, signal),
  };
}

async function tick(deps: TickDeps, reader: PlatformReader, signal: AbortSignal): Promise<void> {
  await giveUpLostRuns(deps.pool, reader.platform, deps.now(), 2 * deps.leaseMs);
  const state = await readPlatformState(deps.pool, reader.platform);
  if (state.retryAt !== null && state.retryAt > deps.now()) return;
  // A platform in trouble is tried with one run; the rest follows when that one has ended well.
  const runsMax = state.status === 'OK' ? OPEN_RUNS_MAX : 1;
  let open = await countOpenRuns(deps.pool, reader.platform);
  const pool = withCommitFaults(deps.pool, deps.faultPoints, 'claim');
  while (open < runsMax && !signal.aborted) {
    const claimed = await withTransaction(pool, (tx) => claimBatch(deps, reader, open, tx));
    if (claimed < reader.maxBatch) return;
    open += 1;
  }
}

/** Claims one batch, records its run and sends its job: all of it or nothing. Returns how many clips it took. */
async function claimBatch(deps: TickDeps, reader: PlatformReader, openRuns: number, tx: Tx): Promise<number> {
  const { platform } = reader;
  const now = deps.now();
  const due = await lockDue(tx, { platform, limit: reader.maxBatch, now });
  if (due.length === 0) return 0;
  const minimumChargeMicros = deps.ignoreMinimumCharge ? micros(0n) : reader.minimumChargeMicros;
  const spentMicros = await spentSince(tx, platform, startOfDay(now), reader.pricePerResultMicros);
  const answer = shouldStartRun({
    due,
    now,
    minimumChargeMicros,
    pricePerResultMicros: reader.pricePerResultMicros,
    maxIntervalMs: deps.maxIntervalMs,
    // An open run is billed the minimum however small it is.
    spentTodayMicros: micros(spentMicros + BigInt(openRuns) * minimumChargeMicros),
    dailyLimitMicros: deps.dailyLimitMicros,
  });
  await tellLimit(deps, tx, platform, !answer.start && answer.why === 'daily_limit', now);
  if (!answer.start) return 0;

  const runId = randomUUID();
  const clipIds = due.slice(0, answer.clips).map((clip) => clip.clipId);
  await recordRun(tx, { runId, platform, source: reader.source, clipIds, now });
  await leaseClips(tx, { runId, clipIds, until: new Date(now.getTime() + deps.leaseMs) });
  await deps.outbox.send(batchQueue(platform), { runId }, { tx });
  return clipIds.length;
}

/** The limit is a day's by UTC, so an alert of yesterday ends by itself with the first run of today. */
async function tellLimit(deps: TickDeps, tx: Tx, platform: Platform, reached: boolean, now: Date): Promise<void> {
  if (deps.dailyLimitMicros === null) return;
  if (!reached) return resolveAlert(tx, { kind: 'daily_limit', cause: platform, now });
  const message = `${platformName(platform)} has reached today's spending limit. Its clips are read again tomorrow (UTC) or when the limit is raised.`;
  await raiseAlert(tx, { kind: 'daily_limit', cause: platform, message, now });
}

function startOfDay(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}

async function countOpenRuns(pool: Pool, platform: Platform): Promise<number> {
  const { rows } = await pool.query<{ open: number }>(
    `SELECT count(*)::integer AS open FROM scrape_runs WHERE platform = $1 AND status IN ('RECORDED', 'STARTED')`,
    [platform],
  );
  return rows[0]?.open ?? 0;
}

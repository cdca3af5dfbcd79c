import { randomUUID } from 'node:crypto';
import { formatUsd, type Micros, ZERO_MICROS } from '@clipmeter/core/money';
import { type Platform, platformName } from '@clipmeter/core/platform';
import { longestIntervalMs } from '@clipmeter/core/read-interval';
import { leaseClips, lockDue } from '@clipmeter/db/claim-due';
import type { Pool } from '@clipmeter/db/connect';
import { batchQueue, tickQueue } from '@clipmeter/db/queues';
import { recordRun } from '@clipmeter/db/scrape-run';
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
import { readGroups } from '#src/read-groups.ts';
import { adjustReadPrice, forgetReadPrice, lockSpendingDay } from '#src/read-price.ts';
import { isWaitedFor, shouldStartRun } from '#src/should-start-run.ts';

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

/** At four times its cost a read comes half as often. When the price has settled there somebody is told, until it is twice. */
const SLOWED_FROM_PRICE = 4;
const SLOWED_UNTIL_PRICE = 2;

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
  const price = await priceReads(deps, reader);
  // A platform in trouble is tried with one run; the rest follows when that one has ended well.
  const runsMax = state.status === 'OK' ? OPEN_RUNS_MAX : 1;
  let open = await countOpenRuns(deps.pool, reader.platform);
  const maxIntervalMs = longestIntervalMs(deps.maxIntervalMs, price);
  const pool = withCommitFaults(deps.pool, deps.faultPoints, 'claim');
  while (open < runsMax && !signal.aborted) {
    const { hasMore } = await withTransaction(pool, (tx) => claimBatch(deps, reader, maxIntervalMs, tx));
    if (!hasMore) return;
    open += 1;
  }
}

/** Weighs reads anew by how the day's spending goes, and says so when clips wait much longer for it. Returns the price. */
async function priceReads(deps: TickDeps, reader: PlatformReader): Promise<number> {
  const { platform } = reader;
  const now = deps.now();
  const { dailyLimitMicros: limitMicros } = deps;
  return withTransaction(deps.pool, async (tx) => {
    if (limitMicros === null) {
      if (!(await forgetReadPrice(tx, platform))) return 1;
      await resolveAlert(tx, { kind: 'reads_slowed', cause: platform, now });
      await resolveAlert(tx, { kind: 'daily_limit', cause: platform, now });
      return 1;
    }
    const day = await lockSpendingDay(tx, { platform, limitMicros, ...chargesOf(deps, reader), now });
    const { learnedBefore, learned, price } = await adjustReadPrice(tx, platform, day, now);
    if (learned >= SLOWED_FROM_PRICE && learnedBefore < SLOWED_FROM_PRICE) {
      const message = `${platformName(platform)} is read less often, so that its limit of ${formatUsd(limitMicros)} lasts for the day: clips wait more than twice as long as they would.`;
      await raiseAlert(tx, { kind: 'reads_slowed', cause: platform, message, now });
    }
    if (learned < SLOWED_UNTIL_PRICE && learnedBefore >= SLOWED_UNTIL_PRICE) {
      await resolveAlert(tx, { kind: 'reads_slowed', cause: platform, now });
    }
    return price;
  });
}

/** Claims one batch, records its run and sends its job: all of it or nothing. Says whether another may follow at once. */
async function claimBatch(
  deps: TickDeps,
  reader: PlatformReader,
  maxIntervalMs: number,
  tx: Tx,
): Promise<{ hasMore: boolean }> {
  const { platform } = reader;
  const { dailyLimitMicros: limitMicros } = deps;
  const now = deps.now();
  const charges = chargesOf(deps, reader);
  const day = limitMicros === null ? null : await lockSpendingDay(tx, { platform, limitMicros, ...charges, now });
  const locked = await lockDue(tx, { platform, limit: reader.maxBatch, now });
  if (locked.length === 0) return { hasMore: false };
  const due = [...locked.filter(isWaitedFor), ...locked.filter((clip) => !isWaitedFor(clip))];
  const groups = await readGroups(tx, reader, due, now);
  const answers = groups.map((group) => shouldStartRun({ due: group, now, ...charges, maxIntervalMs, day }));
  const clips = groups.flatMap((group, i) => {
    const answer = answers[i];
    return answer?.start ? [group.slice(0, answer.clips)] : [];
  })[0];
  const isLimited = answers.some((answer) => !answer.start && answer.why === 'daily_limit');
  await tellLimit(deps, tx, platform, clips === undefined && isLimited, now);
  if (clips === undefined) return { hasMore: false };

  const runId = randomUUID();
  const clipIds = clips.map((clip) => clip.clipId);
  await recordRun(tx, { runId, platform, source: reader.source, clipIds, now });
  await leaseClips(tx, { runId, clipIds, until: new Date(now.getTime() + deps.leaseMs) });
  await deps.outbox.send(batchQueue(platform), { runId }, { tx });
  return { hasMore: clips.length >= reader.maxBatch || groups.length > 1 };
}

function chargesOf(deps: TickDeps, reader: PlatformReader) {
  const { minimumChargeMicros, pricePerResultMicros } = reader;
  return { pricePerResultMicros, minimumChargeMicros: deps.ignoreMinimumCharge ? ZERO_MICROS : minimumChargeMicros };
}

/** The limit is a day's by UTC, so an alert of yesterday ends by itself with the first run of today. */
async function tellLimit(deps: TickDeps, tx: Tx, platform: Platform, reached: boolean, now: Date): Promise<void> {
  if (deps.dailyLimitMicros === null) return;
  if (!reached) return resolveAlert(tx, { kind: 'daily_limit', cause: platform, now });
  const message = `${platformName(platform)} has reached today's spending limit of ${formatUsd(deps.dailyLimitMicros)}.`;
  await raiseAlert(tx, { kind: 'daily_limit', cause: platform, message, now });
}

async function countOpenRuns(pool: Pool, platform: Platform): Promise<number> {
  const { rows } = await pool.query<{ open: number }>(
    `SELECT count(*)::integer AS open FROM scrape_runs WHERE platform = $1 AND status IN ('RECORDED', 'STARTED')`,
    [platform],
  );
  return rows[0]?.open ?? 0;
}

import { formatDecimal } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import { chooseRoundClips } from '@clipmeter/db/choose-round-clips';
import type { Pool } from '@clipmeter/db/connect';
import { finishTrackingRound, forgetRoundClips } from '@clipmeter/db/finish-tracking-round';
import { tickQueue } from '@clipmeter/db/queues';
import { readOpenRound } from '@clipmeter/db/tracking-round';
import type { Logger } from 'pino';
import { z } from 'zod';
import { EVERY_MINUTE, type Job } from '#src/jobs/job.ts';
import type { JobOutbox } from '#src/jobs/job-outbox.ts';

const ROUND_QUEUE = 'rounds';

const EVERY_SECONDS = 1;
/** A look at a round of hundreds of thousands of clips takes a while; this keeps looks to a tenth of the time. */
const LOOKS_SHARE = 10;

export interface RoundDeps {
  readonly pool: Pool;
  readonly outbox: JobOutbox;
  readonly log: Logger;
  readonly now: () => Date;
  /** The platforms that this tracker reads. */
  readonly platforms: readonly Platform[];
  /** How long a round may take at most. */
  readonly limitMs: number;
}

/**
 * Serves the rounds that are asked for from outside: makes their clips due, which the ticks then read like any other and
 * within the same spending limits, and ends them with their sums. All it knows is in Postgres, so it may be killed anywhere.
 */
export function createRoundJob(deps: RoundDeps): Job {
  let lookAgainAtMs = 0;
  const look = async () => {
    const beganAtMs = performance.now();
    if (beganAtMs < lookAgainAtMs) return;
    await finish(deps);
    lookAgainAtMs = beganAtMs + (performance.now() - beganAtMs) * LOOKS_SHARE;
  };
  return {
    queue: ROUND_QUEUE,
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 1,
    everySeconds: EVERY_SECONDS,
    cron: EVERY_MINUTE,
    async handle(_data, signal) {
      await begin(deps, signal);
      if (!signal.aborted) await look();
      if (!signal.aborted) await forgetRoundClips(deps.pool);
    },
  };
}

async function begin(deps: RoundDeps, signal: AbortSignal): Promise<void> {
  const round = await readOpenRound(deps.pool);
  if (round?.status !== 'REQUESTED') return;
  const { pool, platforms, limitMs } = deps;
  await chooseRoundClips(pool, { round, platforms, limitMs, now: deps.now(), signal });
  deps.log.info({ round: round.id, every: round.everyClip, limit: round.clipsMax }, 'round begun');
  for (const platform of platforms) await deps.outbox.send(tickQueue(platform), {});
}

async function finish(deps: RoundDeps): Promise<void> {
  const round = await readOpenRound(deps.pool);
  const result = round && (await finishTrackingRound(deps.pool, round, deps.now()));
  if (!result) return;
  const { earningsAddedMicros, ...counts } = result;
  deps.log.info(
    { round: round.id, chosen: round.chosen, ...counts, earningsAdded: formatDecimal(earningsAddedMicros) },
    'round ended',
  );
}

import { formatDecimal } from '@clipmeter/core/money';
import { beginClosingRound } from '@clipmeter/db/closing-round';
import type { Pool } from '@clipmeter/db/connect';
import { finishClosingRound } from '@clipmeter/db/finish-closing-round';
import type { SettlementConfig } from '@clipmeter/db/plan-batch';
import { unreleasedCampaigns } from '@clipmeter/db/release-campaign';
import { startScheduledCampaigns } from '@clipmeter/db/start-scheduled-campaigns';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Logger } from 'pino';
import { z } from 'zod';
import { findEnding, findFinishedRounds } from '#src/campaigns-due.ts';
import { type FaultPoints, hitFaultPoint, withCommitFaults } from '#src/fault-points.ts';
import { EVERY_MINUTE, type Job } from '#src/jobs/job.ts';
import type { JobOutbox } from '#src/jobs/job-outbox.ts';
import { sendReleaseJob } from '#src/jobs/release-job.ts';
import type { WorkMeter } from '#src/metrics/work-meter.ts';

export const LIFECYCLE_QUEUE = 'lifecycle';

export interface LifecycleDeps {
  readonly pool: Pool;
  readonly outbox: JobOutbox;
  readonly log: Logger;
  readonly meter: WorkMeter;
  readonly now: () => Date;
  readonly everySeconds: number;
  readonly closingLimitMs: number;
  readonly settlement: SettlementConfig;
  readonly faultPoints: FaultPoints;
  /** Clips a transaction at most. */
  readonly clipsMax?: number;
}

/** Moves campaigns on whose time, or money, has come: start, closing round, its end, release. */
export function createLifecycleJob(deps: LifecycleDeps): Job {
  return {
    queue: LIFECYCLE_QUEUE,
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 1,
    everySeconds: deps.everySeconds,
    cron: EVERY_MINUTE,
    async handle(_data, signal) {
      for (const step of [startDue, closeEnding, finishRounds, releaseFinal]) {
        if (!signal.aborted) await step(deps, signal);
      }
    },
  };
}

async function startDue(deps: LifecycleDeps): Promise<void> {
  const started = await startScheduledCampaigns(deps.pool, deps.now());
  for (const campaign of started) deps.log.info({ campaign }, 'campaign started');
}

async function closeEnding(deps: LifecycleDeps): Promise<void> {
  const now = deps.now();
  for (const { campaignId, reason } of await findEnding(deps.pool, now, deps.settlement.interval.minIntervalMs)) {
    const round = await withTransaction(deps.pool, (tx) =>
      beginClosingRound(tx, { campaignId, reason, actorId: null, now, limitMs: deps.closingLimitMs }),
    );
    if (round === null) continue;
    await hitFaultPoint(deps.faultPoints, 'round:begun');
    deps.log.info({ campaign: campaignId, reason, round }, 'closing round begun');
  }
}

async function finishRounds(deps: LifecycleDeps, signal: AbortSignal): Promise<void> {
  const pool = withCommitFaults(deps.pool, deps.faultPoints, 'round');
  const { clipsMax } = deps;
  for (const roundId of await findFinishedRounds(deps.pool, deps.now())) {
    const finish = { roundId, now: deps.now(), signal, ...(clipsMax !== undefined && { clipsMax }) };
    const outcome = await finishClosingRound(pool, finish, deps.settlement);
    if (outcome.kind !== 'completed' && outcome.kind !== 'continues') continue;
    const { kind, creditedMicros } = outcome;
    deps.meter.credited('round', creditedMicros);
    deps.log.info({ round: roundId, outcome: kind, credited: formatDecimal(creditedMicros) }, 'closing round settled');
  }
}

/** Sent again until the release is done, so that no crash between a completion and its release can lose it. */
async function releaseFinal(deps: LifecycleDeps): Promise<void> {
  for (const campaignId of await unreleasedCampaigns(deps.pool)) await sendReleaseJob(deps.outbox, campaignId);
}

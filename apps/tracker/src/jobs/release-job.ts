import type { Pool } from '@clipmeter/db/connect';
import { rejectWaiting } from '@clipmeter/db/reject-waiting';
import { releaseCampaign } from '@clipmeter/db/release-campaign';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type FaultPoints, hitFaultPoint, withCommitFaults } from '#src/fault-points.ts';
import type { Job } from '#src/jobs/job.ts';
import type { JobOutbox } from '#src/jobs/job-outbox.ts';

export const RELEASE_QUEUE = 'release';

/** Submissions that are looked up at once; each is decided in a transaction of its own. */
const CHUNK_SUBMISSIONS = 200;
const ONE_A_CAMPAIGN_SECONDS = 60;

const releaseData = z.object({ campaignId: z.uuid() });
type ReleaseData = z.infer<typeof releaseData>;

/** Safe to repeat: one job waits a campaign and minute, and what was released is not released again. */
export async function sendReleaseJob(outbox: JobOutbox, campaignId: string): Promise<void> {
  await outbox.send(
    RELEASE_QUEUE,
    { campaignId },
    { singletonKey: campaignId, singletonSeconds: ONE_A_CAMPAIGN_SECONDS },
  );
}

/**
 * Clears a finished campaign: turns down what still waited for a decision, then moves pending to its clippers' available,
 * chunk by chunk. Stopped anywhere, it goes on there.
 */
export function createReleaseJob(deps: {
  pool: Pool;
  log: Logger;
  outbox: JobOutbox;
  now: () => Date;
  faultPoints: FaultPoints;
  /** Clips a transaction at most. */
  clipsMax?: number;
}): Job<ReleaseData> {
  const size = deps.clipsMax === undefined ? {} : { clipsMax: deps.clipsMax };
  return {
    queue: RELEASE_QUEUE,
    data: releaseData,
    concurrency: 1,
    pollSeconds: 1,
    async handle({ campaignId }, signal) {
      let waiting = 1;
      while (waiting > 0 && !signal.aborted)
        waiting = await rejectWaiting(deps.pool, { campaignId, limit: CHUNK_SUBMISSIONS, now: deps.now() });
      if (signal.aborted) return;
      const pool = withCommitFaults(deps.pool, deps.faultPoints, 'release');
      const total = { clips: 0, clippers: 0, chunks: 0, longestMs: 0 };
      for await (const { clips, clippers, tookMs } of releaseCampaign(pool, { campaignId, now: deps.now, ...size })) {
        total.clips += clips;
        total.clippers += clippers;
        total.chunks += 1;
        total.longestMs = Math.max(total.longestMs, Math.round(tookMs));
        if (signal.aborted) return;
      }
      await hitFaultPoint(deps.faultPoints, 'release:before-acknowledgement');
      deps.log.info({ campaign: campaignId, ...total }, 'campaign released');
    },
  };
}

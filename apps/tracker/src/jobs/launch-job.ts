import { tellOfLaunch, untoldLaunches } from '@clipmeter/db/campaign-launch';
import type { Pool } from '@clipmeter/db/connect';
import type { Logger } from 'pino';
import { z } from 'zod';
import { EVERY_MINUTE, type Job } from '#src/jobs/job.ts';

export const LAUNCH_QUEUE = 'launches';

const EVERY_SECONDS = 2;
const CAMPAIGNS_MAX = 20;
/** A write transaction delays everything live by its own length: so many are written in a few tens of milliseconds. */
const CLIPPERS_MAX = 200;

/** Tells clippers of the campaigns that have started, in parts. Stopped anywhere, it goes on there. */
export function createLaunchJob(deps: { pool: Pool; log: Logger; now: () => Date; clippersMax?: number }): Job {
  const limit = deps.clippersMax ?? CLIPPERS_MAX;
  return {
    queue: LAUNCH_QUEUE,
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 1,
    everySeconds: EVERY_SECONDS,
    cron: EVERY_MINUTE,
    async handle(_data, signal) {
      for (const campaignId of await untoldLaunches(deps.pool, CAMPAIGNS_MAX)) {
        let clippers = 0;
        while (!signal.aborted) {
          const told = await tellOfLaunch(deps.pool, { campaignId, now: deps.now(), limit });
          if (told === null) break;
          clippers += told;
          if (told < limit) break;
        }
        deps.log.info({ campaign: campaignId, clippers }, 'clippers told of a start');
      }
    },
  };
}

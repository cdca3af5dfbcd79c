import type { Pool } from '@clipmeter/db/connect';
import { maintainPartitions } from '@clipmeter/db/partitions';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Job } from '#src/jobs/job.ts';

/** Makes the partitions of the coming days and months, and drops the events that nobody will ask for again. */
export function createPartitionsJob(deps: { pool: Pool; log: Logger; now: () => Date }): Job {
  return {
    queue: 'partitions',
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 10,
    cron: '5 1 * * *',
    async handle() {
      const { made, dropped } = await maintainPartitions(deps.pool, deps.now());
      deps.log.info({ made, dropped }, 'partitions maintained');
    },
  };
}

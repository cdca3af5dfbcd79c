import type { Pool } from '@clipmeter/db/connect';
import { dropOldMails } from '@clipmeter/db/mail-sending';
import { maintainPartitions } from '@clipmeter/db/partitions';
import { dropOldAttempts } from '@clipmeter/db/rate-limit';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Job } from '#src/jobs/job.ts';

/** What was mailed is kept for as long as somebody may ask whether it was. */
const KEEP_MAILS_MS = 30 * 24 * 60 * 60_000;

/** Makes the partitions of the coming days and months, and drops the events, mails and counts of attempts that nobody will ask for again. */
export function createPartitionsJob(deps: { pool: Pool; log: Logger; now: () => Date }): Job {
  return {
    queue: 'partitions',
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 10,
    cron: '5 1 * * *',
    async handle() {
      const { made, dropped } = await maintainPartitions(deps.pool, deps.now());
      const mails = await dropOldMails(deps.pool, new Date(deps.now().getTime() - KEEP_MAILS_MS));
      const attempts = await dropOldAttempts(deps.pool, deps.now());
      deps.log.info({ made, dropped, mails, attempts }, 'partitions maintained, old mails and attempts dropped');
    },
  };
}

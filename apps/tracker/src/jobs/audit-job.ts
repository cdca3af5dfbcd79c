import { runAudit } from '@clipmeter/db/audit';
import type { Pool } from '@clipmeter/db/connect';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Logger } from 'pino';
import { z } from 'zod';
import { raiseAlert, resolveAlert } from '#src/alert.ts';
import type { Job } from '#src/jobs/job.ts';

/** Rebuilds every sum each night and tells somebody when one does not come out. */
export function createAuditJob(deps: { pool: Pool; log: Logger; now: () => Date }): Job {
  return {
    queue: 'audit',
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 10,
    cron: '30 3 * * *',
    async handle() {
      const { lines, differences } = await runAudit(deps.pool);
      const now = deps.now();
      const checked = lines.reduce((sum, line) => sum + line.checked, 0);
      deps.log[differences === 0 ? 'info' : 'error']({ checked, differences }, 'audit done');
      await withTransaction(deps.pool, async (tx) => {
        for (const { kind, differences: count, first } of lines) {
          if (first === null) {
            await resolveAlert(tx, { kind: 'audit_difference', cause: kind, now });
            continue;
          }
          const message = `The audit found ${count} differences in ${kind}. First: ${first.subject} should be ${first.expected}, is ${first.actual}.`;
          await raiseAlert(tx, { kind: 'audit_difference', cause: kind, message, now });
        }
      });
    },
  };
}

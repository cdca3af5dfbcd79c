import { readAuditActions, readUserName } from '@clipmeter/db/read-audit-log';
import { z } from 'zod';
import { auditListInputSchema } from '#src/input/audit.ts';
import { idSchema } from '#src/input/campaign.ts';
import { auditChoicesSchema, auditListSchema } from '#src/output/audit.ts';
import { adminProcedure, router } from '#src/procedure.ts';
import { auditList } from '#src/queries/audit-list.ts';

export const auditRouter = router({
  list: adminProcedure
    .input(auditListInputSchema)
    .output(auditListSchema)
    .query(({ ctx, input }) => auditList(ctx, input)),
  /** For the filters. */
  choices: adminProcedure
    .input(z.object({ actorId: idSchema.nullish() }))
    .output(auditChoicesSchema)
    .query(async ({ ctx, input }) => ({
      actions: await readAuditActions(ctx.pool),
      actorName: input.actorId == null ? null : await readUserName(ctx.pool, input.actorId),
    })),
});

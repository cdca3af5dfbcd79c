import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';
import { CHART_RANGES, chartSchema } from '#src/output/chart.ts';
import { clipPageSchema, statementSchema } from '#src/output/statement.ts';
import { clipperProcedure, router } from '#src/procedure.ts';
import { clipChart, clipPage } from '#src/queries/clip-page.ts';
import { clipStatement } from '#src/queries/clip-statement.ts';

const byId = z.object({ id: idSchema });

/** One submission's clip with its money. Others than its clipper and admins are told that there is none. */
export const clipsRouter = router({
  byId: clipperProcedure
    .input(byId)
    .output(clipPageSchema)
    .query(({ ctx, input }) => clipPage(ctx, input)),
  /** Every credit with its two snapshots, the terms, the arithmetic and the ledger entry; newest first. */
  statement: clipperProcedure
    .input(byId.extend({ cursor: z.string().max(60).nullish(), limit: z.int().min(1).max(100).default(50) }))
    .output(statementSchema)
    .query(({ ctx, input }) => clipStatement(ctx, input)),
  chart: clipperProcedure
    .input(byId.extend({ range: z.enum(CHART_RANGES).default('week') }))
    .output(chartSchema)
    .query(({ ctx, input }) => clipChart(ctx, input)),
});

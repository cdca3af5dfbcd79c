import { z } from 'zod';
import { CHART_RANGES, chartSchema } from '#src/output/chart.ts';
import { myClipsSchema, mySummarySchema } from '#src/output/me.ts';
import { clipperProcedure, router } from '#src/procedure.ts';
import { myClips } from '#src/queries/my-clips.ts';
import { mySummary } from '#src/queries/my-summary.ts';
import { myChart } from '#src/queries/own-chart.ts';

export const meRouter = router({
  /** The viewer's balances, and the clips in figures. */
  summary: clipperProcedure.output(mySummarySchema).query(({ ctx }) => mySummary(ctx)),
  /** The viewer's clips that were approved, the latest first. */
  clips: clipperProcedure
    .input(z.object({ cursor: z.string().max(200).nullish(), limit: z.int().min(1).max(100).default(50) }))
    .output(myClipsSchema)
    .query(({ ctx, input }) => myClips(ctx, input)),
  /** Views and earnings over time; `spent` is what was earned. */
  chart: clipperProcedure
    .input(z.object({ range: z.enum(CHART_RANGES).default('week') }))
    .output(chartSchema)
    .query(({ ctx, input }) => myChart(ctx, input)),
});

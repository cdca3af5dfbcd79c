import { z } from 'zod';
import { ACTIVITY_SHOWN, activitySchema, overviewSchema } from '#src/output/overview.ts';
import { adminProcedure, router } from '#src/procedure.ts';
import { activityList } from '#src/queries/activity-list.ts';
import { overview } from '#src/queries/overview.ts';

export const overviewRouter = router({
  figures: adminProcedure.output(overviewSchema).query(({ ctx }) => overview(ctx)),
  /** What people did, what the tracker changed, what settlements credited; newest first. */
  activity: adminProcedure
    .input(
      z.object({
        show: z.enum(ACTIVITY_SHOWN).default('news'),
        cursor: z.string().max(200).nullish(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(activitySchema)
    .query(({ ctx, input }) => activityList(ctx, input)),
});

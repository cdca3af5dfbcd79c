import { z } from 'zod';
import { mySummarySchema, sessionSchema } from '#src/output/me.ts';
import { platformsStatusSchema } from '#src/output/platform-status.ts';
import { trackerOverviewSchema } from '#src/output/tracker.ts';
import { pending } from '#src/pending.ts';
import { adminProcedure, clipperProcedure, createCallerFactory, publicProcedure, router } from '#src/procedure.ts';
import { campaignsRouter } from '#src/routers/campaigns-router.ts';
import { liveRouter } from '#src/routers/live-router.ts';
import { submissionsRouter } from '#src/routers/submissions-router.ts';

export const appRouter = router({
  campaigns: campaignsRouter,
  submissions: submissionsRouter,
  live: liveRouter,
  tracker: router({ overview: adminProcedure.output(trackerOverviewSchema).query(pending) }),
  platforms: router({ status: clipperProcedure.output(platformsStatusSchema).query(pending) }),
  me: router({ summary: clipperProcedure.output(mySummarySchema).query(pending) }),
  session: router({ viewer: publicProcedure.output(sessionSchema).query(pending) }),
  setup: router({
    /** The link that the first start prints: good for an hour, and only while there is no admin. */
    claimFirstAdmin: publicProcedure
      .input(
        z.object({
          token: z.string().min(1).max(200),
          name: z.string().trim().min(1).max(100),
          email: z.email().max(254),
          password: z.string().min(10, 'Use at least 10 characters.').max(128),
        }),
      )
      .output(z.object({ userId: z.string() }))
      .mutation(pending),
  }),
});

export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP: server components, demo data, tests. */
export const createCaller = createCallerFactory(appRouter);

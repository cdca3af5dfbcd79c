import { readViewsSource } from '@clipmeter/db/read-people';
import { readPlatformStates } from '@clipmeter/db/read-platforms';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { z } from 'zod';
import { firstAdminSchema } from '#src/input/first-admin.ts';
import { claimFirstAdmin } from '#src/operations/first-admin-link.ts';
import { sessionSchema } from '#src/output/me.ts';
import { platformsStatusSchema, toPlatformStatus } from '#src/output/platform-status.ts';
import { trackerOverviewSchema } from '#src/output/tracker.ts';
import { adminProcedure, clipperProcedure, createCallerFactory, publicProcedure, router } from '#src/procedure.ts';
import { trackerOverview } from '#src/queries/tracker-overview.ts';
import { accountRouter } from '#src/routers/account-router.ts';
import { auditRouter } from '#src/routers/audit-router.ts';
import { campaignsRouter } from '#src/routers/campaigns-router.ts';
import { clipsRouter } from '#src/routers/clips-router.ts';
import { firstRunRouter } from '#src/routers/first-run-router.ts';
import { imagesRouter } from '#src/routers/images-router.ts';
import { liveRouter } from '#src/routers/live-router.ts';
import { meRouter } from '#src/routers/me-router.ts';
import { mySubmissionsRouter } from '#src/routers/my-submissions-router.ts';
import { notificationsRouter } from '#src/routers/notifications-router.ts';
import { overviewRouter } from '#src/routers/overview-router.ts';
import { peopleRouter } from '#src/routers/people-router.ts';
import { reviewRouter } from '#src/routers/review-router.ts';
import { searchRouter } from '#src/routers/search-router.ts';
import { socialAccountsRouter } from '#src/routers/social-accounts-router.ts';
import { submissionsRouter } from '#src/routers/submissions-router.ts';

export const appRouter = router({
  campaigns: campaignsRouter,
  images: imagesRouter,
  clips: clipsRouter,
  submissions: submissionsRouter,
  socialAccounts: socialAccountsRouter,
  mySubmissions: mySubmissionsRouter,
  review: reviewRouter,
  live: liveRouter,
  account: accountRouter,
  people: peopleRouter,
  notifications: notificationsRouter,
  audit: auditRouter,
  search: searchRouter,
  overview: overviewRouter,
  tracker: router({
    overview: adminProcedure.output(trackerOverviewSchema).query(({ ctx }) => trackerOverview(ctx)),
  }),
  platforms: router({
    /** For the line that says which reads are delayed. */
    status: clipperProcedure
      .output(platformsStatusSchema)
      .query(({ ctx }) =>
        readSnapshot(ctx.pool, async (tx) => ({ platforms: (await readPlatformStates(tx)).map(toPlatformStatus) })),
      ),
  }),
  me: meRouter,
  firstRun: firstRunRouter,
  session: router({
    viewer: publicProcedure.output(sessionSchema).query(async ({ ctx }) => ({
      viewer: ctx.viewer,
      viewsSource: await readViewsSource(ctx.pool),
    })),
  }),
  setup: router({
    /** The link that the first start prints: good for an hour, and only while there is no admin. */
    claimFirstAdmin: publicProcedure
      .input(firstAdminSchema)
      .output(z.object({ userId: z.string() }))
      .mutation(({ ctx, input }) => claimFirstAdmin(ctx, input)),
  }),
});

export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP: server components, demo data, tests. */
export const createCaller = createCallerFactory(appRouter);

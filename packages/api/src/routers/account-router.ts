import { renameUser } from '@clipmeter/db/transact-person';
import { withTransaction } from '@clipmeter/db/transaction';
import { z } from 'zod';
import { nameSchema } from '#src/input/first-admin.ts';
import { personIdSchema } from '#src/input/person.ts';
import { endOtherSessions, endSession } from '#src/operations/end-sessions.ts';
import { endedSchema, profileSchema, renamedSchema, signInListSchema } from '#src/output/account.ts';
import { clipperProcedure, router } from '#src/procedure.ts';
import { myProfile, mySignIns } from '#src/queries/my-account.ts';

/** The viewer's own account. Passwords and addresses are sign-in's: they are at /api/auth. */
export const accountRouter = router({
  profile: clipperProcedure.output(profileSchema).query(({ ctx }) => myProfile(ctx)),
  rename: clipperProcedure
    .input(z.object({ name: nameSchema }))
    .output(renamedSchema)
    .mutation(async ({ ctx, input: { name } }) => {
      await withTransaction(ctx.pool, (tx) => renameUser(tx, ctx.viewer.userId, name, ctx.now()));
      return { name };
    }),
  signIns: clipperProcedure.output(signInListSchema).query(({ ctx }) => mySignIns(ctx)),
  endSession: clipperProcedure
    .input(personIdSchema)
    .output(endedSchema)
    .mutation(({ ctx, input }) => endSession(ctx, ctx.viewer, input)),
  endOtherSessions: clipperProcedure.output(endedSchema).mutation(({ ctx }) => endOtherSessions(ctx, ctx.viewer)),
});

import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { readSocialAccounts } from '@clipmeter/db/social-account';
import { addSocialAccountSchema, ownSocialAccountSchema } from '#src/input/social-account.ts';
import { addSocialAccount } from '#src/operations/add-social-account.ts';
import { removeSocialAccount } from '#src/operations/remove-social-account.ts';
import { renewAccountCode } from '#src/operations/renew-account-code.ts';
import { verifySocialAccount } from '#src/operations/verify-social-account.ts';
import { socialAccountListSchema, socialAccountSchema } from '#src/output/social-account.ts';
import { clipperProcedure, router } from '#src/procedure.ts';
import { toSocialAccountView } from '#src/social-account-view.ts';

/** A viewer's accounts on the platforms, and the proof that they are theirs. Nobody reaches anybody else's. */
export const socialAccountsRouter = router({
  /** `account.changed` goes on from the cursor. */
  list: clipperProcedure.output(socialAccountListSchema).query(({ ctx }) =>
    readSnapshot(ctx.pool, async (tx) => ({
      items: (await readSocialAccounts(tx, ctx.viewer.userId)).map(toSocialAccountView),
    })),
  ),
  add: clipperProcedure
    .input(addSocialAccountSchema)
    .output(socialAccountSchema)
    .mutation(async ({ ctx, input }) => toSocialAccountView(await addSocialAccount(ctx, ctx.viewer, input))),
  /** Has the profile read: the answer comes as `account.changed`. */
  verify: clipperProcedure
    .input(ownSocialAccountSchema)
    .output(socialAccountSchema)
    .mutation(async ({ ctx, input }) => toSocialAccountView(await verifySocialAccount(ctx, ctx.viewer, input))),
  renewCode: clipperProcedure
    .input(ownSocialAccountSchema)
    .output(socialAccountSchema)
    .mutation(async ({ ctx, input }) => toSocialAccountView(await renewAccountCode(ctx, ctx.viewer, input))),
  remove: clipperProcedure
    .input(ownSocialAccountSchema)
    .output(socialAccountSchema)
    .mutation(async ({ ctx, input }) => toSocialAccountView(await removeSocialAccount(ctx, ctx.viewer, input))),
});

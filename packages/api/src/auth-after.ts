import { endSessions } from '@clipmeter/db/transact-person';
import { withTransaction } from '@clipmeter/db/transaction';
import { createAuthMiddleware, isAPIError } from 'better-auth/api';
import { type AuthContext, forgiveSignIn } from '#src/auth-limits.ts';
import { type MailDeps, mailPasswordChanged } from '#src/auth-mails.ts';

/** What follows a call of sign-in's that went well. */
export function followUp(deps: MailDeps) {
  return createAuthMiddleware(async (ctx) => {
    if (isAPIError(ctx.context.returned)) return;
    if (ctx.path === '/sign-in/email') await forgiveSignIn(deps, ctx);
    if (ctx.path === '/change-password') await endOthers(deps, ctx);
  });
}

/**
 * Whoever knew the old password is out. The sign-in that changed it goes on, with its open pages: sign-in's own way would
 * end it too and begin another.
 */
async function endOthers(deps: MailDeps, ctx: AuthContext): Promise<void> {
  const { session: current } = ctx.context;
  if (current === null) return;
  await withTransaction(deps.pool, (tx) => endSessions(tx, current.user.id, { allBut: current.session.id }));
  await mailPasswordChanged(deps, current.user);
}

import { DomainError } from '@clipmeter/core/domain-error';
import type { RateLimitName } from '@clipmeter/core/rate-limit';
import type { Pool } from '@clipmeter/db/connect';
import { forgiveAttempts, takeAttempt } from '@clipmeter/db/rate-limit';
import { withTransaction } from '@clipmeter/db/transaction';
import { APIError, createAuthMiddleware, getIP, getSessionFromCtx } from 'better-auth/api';

/** A call of sign-in's, as its hooks see it. */
export type AuthContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** What is limited, and whom each attempt counts for. */
const LIMITED: Record<string, { name: RateLimitName; keyOf: (ctx: AuthContext) => Promise<string | null> }> = {
  '/sign-in/email': { name: 'signIn', keyOf: async (ctx) => withAddress(ctx, typedEmail(ctx)) },
  // Whoever holds somebody's session may not guess at the password either.
  '/change-password': { name: 'signIn', keyOf: async (ctx) => withAddress(ctx, await ownEmail(ctx)) },
  '/request-password-reset': { name: 'passwordReset', keyOf: async (ctx) => typedEmail(ctx) },
  '/send-verification-email': { name: 'confirmEmail', keyOf: async (ctx) => typedEmail(ctx) },
  '/change-email': { name: 'confirmEmail', keyOf: ownEmail },
};

/**
 * Counts attempts before they are made, in a transaction of their own: one that fails counts too. Whether an address has
 * an account makes no difference to its limit.
 */
export function countAttempts({ pool, now }: { pool: Pool; now(): Date }) {
  return createAuthMiddleware(async (ctx) => {
    const limited = LIMITED[ctx.path];
    const key = (await limited?.keyOf(ctx)) ?? null;
    if (limited === undefined || key === null) return;
    try {
      await withTransaction(pool, (tx) => takeAttempt(tx, limited.name, key, now()));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new APIError('TOO_MANY_REQUESTS', { message: error.message, code: 'LIMIT_REACHED' });
    }
  });
}

/** Gives the attempts back to whoever signed in: typing right is no guessing. */
export async function forgiveSignIn({ pool }: { pool: Pool }, ctx: AuthContext): Promise<void> {
  if (ctx.context.newSession === null) return;
  const key = withAddress(ctx, typedEmail(ctx));
  if (key !== null) await withTransaction(pool, (tx) => forgiveAttempts(tx, 'signIn', key));
}

function typedEmail(ctx: AuthContext): string | null {
  const email: unknown = ctx.body?.email;
  return typeof email === 'string' ? email.trim().toLowerCase() : null;
}

async function ownEmail(ctx: AuthContext): Promise<string | null> {
  return (await getSessionFromCtx(ctx))?.user.email ?? null;
}

/** Without an address that can be believed everybody shares one. */
function withAddress(ctx: AuthContext, email: string | null): string | null {
  if (email === null) return null;
  const source = ctx.request ?? ctx.headers;
  const address = source === undefined ? null : getIP(source, ctx.context.options);
  return `${email} ${address ?? 'unknown'}`;
}

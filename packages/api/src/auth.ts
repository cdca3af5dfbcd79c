import type { Pool } from '@clipmeter/db/connect';
import { newId } from '@clipmeter/db/new-id';
import type { PrismaClient } from '@clipmeter/db/prisma';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError } from 'better-auth/api';
import { followUp } from '#src/auth-after.ts';
import { countAttempts } from '#src/auth-limits.ts';
import { mailChangeOfAddress, mailConfirmation, mailPasswordChanged, mailReset } from '#src/auth-mails.ts';
import { nameSchema, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '#src/input/first-admin.ts';
import { type ProviderSet, signInProviders } from '#src/sign-in-providers.ts';

export interface AuthOptions {
  prisma: PrismaClient;
  /** For what sign-in writes beside its own tables: mails and counts of attempts. */
  pool: Pool;
  now?: () => Date;
  secret: string;
  /** The web's public address. With https its cookies are Secure. */
  baseURL: string;
  /** Further origins that may sign in. */
  trustedOrigins?: string[];
  /** `localhost` and `127.0.0.1` may sign in on any port. For development and the demo. */
  trustLoopback?: boolean;
  /** Who else may say who somebody is. */
  providers?: ProviderSet;
  /** Headers in which a proxy of ours names the client, for the limits on attempts. */
  ipAddressHeaders?: string[];
}

const LOOPBACK_ORIGINS = ['http://localhost:*', 'http://127.0.0.1:*'];
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** What our own procedures do, or nobody here does: less that has to be right. */
const UNUSED_PATHS = [
  '/update-user',
  '/update-session',
  '/delete-user',
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
  '/link-social',
  '/unlink-account',
  '/list-accounts',
  '/account-info',
  '/get-access-token',
  '/refresh-token',
  '/verify-password',
];

/**
 * Sign-in by e-mail and password, and by providers whose keys are set. Every account made here is a clipper's: `role` and `suspendedAt` cannot be set by
 * input. Sessions live in the database and are read anew each time, so that one that ended or a role that changed counts
 * at once. Mails are only written here; a tracker sends them. Cookies name no host: they belong to whichever name of this machine the page was opened under.
 */
export function createAuth(options: AuthOptions) {
  const { prisma, pool, secret, baseURL, trustedOrigins = [], trustLoopback = false, providers = {} } = options;
  const deps = { pool, now: options.now ?? (() => new Date()) };
  return betterAuth({
    appName: 'Clipmeter',
    secret,
    baseURL,
    basePath: '/api/auth',
    trustedOrigins: [...trustedOrigins, ...(trustLoopback ? LOOPBACK_ORIGINS : [])],
    database: prismaAdapter(prisma, { provider: 'postgresql' }),
    telemetry: { enabled: false },
    logger: { level: 'error' },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
      autoSignIn: true,
      resetPasswordTokenExpiresIn: HOUR_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => mailReset(deps, user, token),
      onPasswordReset: ({ user }) => mailPasswordChanged(deps, user),
    },
    emailVerification: {
      sendOnSignUp: true,
      expiresIn: HOUR_SECONDS,
      sendVerificationEmail: ({ user, token }) => mailConfirmation(deps, user, token),
    },
    plugins: [signInProviders(providers)],
    // The providers' tokens say who it is and are of no use afterwards: what is not kept cannot leak.
    account: { updateAccountOnSignIn: false },
    onAPIError: { errorURL: '/sign-in' },
    disabledPaths: UNUSED_PATHS,
    hooks: { before: countAttempts(deps), after: followUp(deps) },
    user: {
      changeEmail: {
        enabled: true,
        // An address that was never confirmed proves nothing: it is replaced, and the new one has to be confirmed.
        updateEmailWithoutVerification: true,
        sendChangeEmailConfirmation: ({ user, newEmail, token }) => mailChangeOfAddress(deps, user, newEmail, token),
      },
      additionalFields: {
        role: { type: ['CLIPPER', 'ADMIN'], required: true, defaultValue: 'CLIPPER', input: false },
        suspendedAt: { type: 'date', required: false, input: false },
      },
    },
    session: { expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: 'memory',
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/email': { window: 60, max: 20 },
        '/sign-up/email': { window: 60, max: 20 },
        // Counted in Postgres, by account: see auth-limits.ts.
        '/change-password': false,
        '/change-email': false,
        '/request-password-reset': false,
        '/send-verification-email': false,
        '/get-session': false,
      },
    },
    databaseHooks: {
      user: {
        create: {
          before: async (user) => ({
            data: { ...user, name: nameOf(user.name), email: user.email.trim().toLowerCase() },
          }),
        },
      },
      session: { create: { before: (session) => refuseSuspended(prisma, session.userId) } },
      account: {
        create: {
          before: async (account) => ({ data: { ...account, accessToken: null, refreshToken: null, idToken: null } }),
        },
      },
    },
    advanced: {
      cookiePrefix: 'clipmeter',
      // Said aloud because NODE_ENV=test would turn both off.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: baseURL.startsWith('https:'),
      database: { generateId: newId },
      ...(options.ipAddressHeaders && { ipAddress: { ipAddressHeaders: options.ipAddressHeaders } }),
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** A name as it may stand on pages and in mails. A provider may know none. */
function nameOf(text: string): string {
  const parsed = nameSchema.safeParse(text.trim() === '' ? 'New clipper' : text);
  if (!parsed.success)
    throw new APIError('BAD_REQUEST', {
      message: parsed.error.issues[0]?.message ?? 'Enter your name.',
      code: 'INVALID_NAME',
    });
  return parsed.data;
}

async function refuseSuspended(prisma: PrismaClient, userId: string): Promise<void> {
  const user = await prisma.user.findUnique({ where: { id: userId }, select: { suspendedAt: true } });
  if (user?.suspendedAt != null) {
    throw new APIError('FORBIDDEN', { message: 'This account is suspended.', code: 'ACCOUNT_SUSPENDED' });
  }
}

import { newId } from '@clipmeter/db/new-id';
import type { PrismaClient } from '@clipmeter/db/prisma';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError } from 'better-auth/api';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '#src/input/first-admin.ts';

export interface AuthOptions {
  prisma: PrismaClient;
  secret: string;
  /** The web's public address. With https its cookies are Secure. */
  baseURL: string;
  /** Further origins that may sign in. */
  trustedOrigins?: string[];
  /** `localhost` and `127.0.0.1` may sign in on any port. For development and the demo. */
  trustLoopback?: boolean;
  /** Headers in which a proxy of ours names the client, for the limits on attempts. */
  ipAddressHeaders?: string[];
}

const LOOPBACK_ORIGINS = ['http://localhost:*', 'http://127.0.0.1:*'];
const DAY_SECONDS = 86_400;

/**
 * Sign-in by e-mail and password. Every account made here is a clipper's: `role` and `suspendedAt` cannot be set by
 * input. Sessions live in the database and are read anew each time, so that one that ended or a role that changed counts
 * at once. Cookies name no host: they belong to whichever name of this machine the page was opened under.
 */
export function createAuth(options: AuthOptions) {
  const { prisma, secret, baseURL, trustedOrigins = [], trustLoopback = false } = options;
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
    },
    user: {
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
        '/get-session': false,
      },
    },
    databaseHooks: {
      user: { create: { before: async (user) => ({ data: { ...user, email: user.email.trim().toLowerCase() } }) } },
      session: { create: { before: (session) => refuseSuspended(prisma, session.userId) } },
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

async function refuseSuspended(prisma: PrismaClient, userId: string): Promise<void> {
  const user = await prisma.user.findUnique({ where: { id: userId }, select: { suspendedAt: true } });
  if (user?.suspendedAt != null) throw new APIError('FORBIDDEN', { message: 'This account is suspended.' });
}

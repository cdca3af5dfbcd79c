import { createAuth } from '@clipmeter/api/auth';
import { connectDatabase } from '@clipmeter/api/connect';
import { createCronCallLog } from '@clipmeter/api/cron-call-log';
import { env, providerKeys } from '#src/server/env.ts';
import { logError } from '#src/server/log-error.ts';
import { logInfo } from '#src/server/log-info.ts';

export type Backend = ReturnType<typeof createBackend>;

declare global {
  // Reloading in development loads this file anew; without a place outside of it each time would leak a pool.
  var clipmeterBackend: Backend | undefined;
}

/** The database connections and the sign-in of this process, made when they are first wanted. */
export function backend(): Backend {
  globalThis.clipmeterBackend ??= createBackend();
  return globalThis.clipmeterBackend;
}

function createBackend() {
  const { DATABASE_URL, BETTER_AUTH_SECRET, PUBLIC_URL, WEB_PORT, ALLOWED_ORIGINS } = env();
  const { pool, prisma } = connectDatabase({
    url: DATABASE_URL,
    applicationName: 'clipmeter-web',
    onConnectionError: (error) => logError('a database connection broke', { error }),
  });
  const baseURL = PUBLIC_URL ?? `http://localhost:${WEB_PORT}`;
  const auth = createAuth({
    prisma,
    pool,
    secret: BETTER_AUTH_SECRET,
    baseURL,
    trustedOrigins: ALLOWED_ORIGINS,
    providers: providerKeys(env()),
    // At home localhost and 127.0.0.1 are the same server.
    trustLoopback: isLoopback(new URL(baseURL).hostname),
  });
  const cronCalls = createCronCallLog({ pool, now: () => new Date(), log: logInfo, logError });
  return { pool, auth, cronCalls };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

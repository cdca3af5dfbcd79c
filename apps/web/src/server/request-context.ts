import type { ApiContext } from '@clipmeter/api/context';
import { readSession } from '@clipmeter/api/session';
import { backend } from '#src/server/backend.ts';
import { logError } from '#src/server/log-error.ts';

/** What procedures work with, for a request with these headers. */
export async function requestContext(headers: Headers): Promise<ApiContext> {
  const { pool, auth } = backend();
  return {
    pool,
    now: () => new Date(),
    viewer: (await readSession(auth, headers))?.viewer ?? null,
    requestId: crypto.randomUUID(),
    logError,
  };
}

import type { ApiContext, Viewer } from '@clipmeter/api/context';
import { backend } from '#src/server/backend.ts';
import { logError } from '#src/server/log-error.ts';

/** What procedures work with, for a request with these headers. */
export async function requestContext(headers: Headers): Promise<ApiContext> {
  return {
    pool: backend().pool,
    now: () => new Date(),
    viewer: await readViewer(headers),
    requestId: crypto.randomUUID(),
    logError,
  };
}

async function readViewer(headers: Headers): Promise<Viewer | null> {
  const found = await backend().auth.api.getSession({ headers });
  if (found === null) return null;
  const { session, user } = found;
  return {
    userId: user.id,
    sessionId: session.id,
    role: user.role === 'ADMIN' ? 'ADMIN' : 'CLIPPER',
    name: user.name,
    email: user.email,
  };
}

import type { Auth } from '#src/auth.ts';
import type { Viewer } from '#src/context.ts';

/** A session as it is in the database now. */
export interface OpenSession {
  viewer: Viewer;
  expiresAt: Date;
}

/**
 * The session that a request's cookie belongs to, read from the database; null if there is none, it ended, or its user
 * is suspended. It is not prolonged: that is done where the cookie can be renewed too (better-auth's own routes).
 */
export async function readSession(auth: Auth, headers: Headers): Promise<OpenSession | null> {
  const found = await auth.api.getSession({ headers, query: { disableCookieCache: true, disableRefresh: true } });
  if (found === null || found.user.suspendedAt != null) return null;
  const { user, session } = found;
  return {
    viewer: {
      userId: user.id,
      sessionId: session.id,
      role: user.role === 'ADMIN' ? 'ADMIN' : 'CLIPPER',
      name: user.name,
      email: user.email,
    },
    expiresAt: session.expiresAt,
  };
}

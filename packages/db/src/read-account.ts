import type { Queryable } from '#src/connect.ts';

export interface ProfileRow {
  name: string;
  email: string;
  emailVerified: boolean;
  /** How they sign in: `credential` is a password, others are providers. */
  signInMethods: string[];
}

/** A user's own page; null: there is no such user. */
export async function readProfile(client: Queryable, userId: string): Promise<ProfileRow | null> {
  const { rows } = await client.query<{ name: string; email: string; email_verified: boolean; methods: string[] }>(
    `SELECT name, email, email_verified,
       ARRAY(SELECT DISTINCT provider_id FROM accounts WHERE user_id = u.id ORDER BY provider_id) AS methods
     FROM users u WHERE id = $1`,
    [userId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return { name: row.name, email: row.email, emailVerified: row.email_verified, signInMethods: row.methods };
}

export interface SessionRow {
  id: string;
  userAgent: string | null;
  ipAddress: string | null;
  createdAt: string;
  expiresAt: string;
}

const SESSIONS_MAX = 100;

/** Where somebody is signed in, the latest first. */
export async function readSessions(client: Queryable, userId: string, now: Date): Promise<SessionRow[]> {
  const { rows } = await client.query<{
    id: string;
    user_agent: string | null;
    ip_address: string | null;
    created_at: Date;
    expires_at: Date;
  }>(
    `SELECT id, user_agent, ip_address, created_at, expires_at FROM sessions
     WHERE user_id = $1 AND expires_at > $2 ORDER BY created_at DESC, id DESC LIMIT $3`,
    [userId, now, SESSIONS_MAX],
  );
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.user_agent,
    ipAddress: row.ip_address === '' ? null : row.ip_address,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }));
}

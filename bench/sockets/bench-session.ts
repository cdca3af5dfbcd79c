import { randomUUID } from 'node:crypto';
import type { OpenSession } from '@clipmeter/api/session';
import type { Pool } from '@clipmeter/db/connect';

/** Somebody signs in. Answers the cookie, which is the session's id. */
export async function openSession(pool: Pool): Promise<string> {
  const sessionId = randomUUID();
  await pool.query(
    `WITH person AS (INSERT INTO users (id, name, email) VALUES ($1::uuid, 'Somebody', $1 || '@example.com') RETURNING id)
     INSERT INTO sessions (id, user_id, token, expires_at) SELECT $1::uuid, id, $1, now() + interval '1 hour' FROM person`,
    [sessionId],
  );
  return sessionId;
}

export async function revokeSession(pool: Pool, cookie: string): Promise<void> {
  await pool.query('DELETE FROM sessions WHERE id = $1', [cookie]);
}

/** A number is somebody's whom nobody needs to look up, twenty sockets each; anything else is a session's id. */
export async function readBenchSession(pool: Pool, cookie: string): Promise<OpenSession | null> {
  if (/^\d+$/.test(cookie)) {
    return open({ sessionId: cookie, userId: String(Math.floor(Number(cookie) / 20)) });
  }
  const { rows } = await pool.query<{ user_id: string }>('SELECT user_id FROM sessions WHERE id = $1', [cookie]);
  const [row] = rows;
  return row === undefined ? null : open({ sessionId: cookie, userId: row.user_id });
}

function open(ids: { sessionId: string; userId: string }): OpenSession {
  return {
    viewer: { ...ids, role: 'CLIPPER', name: 'Somebody', email: 'somebody@example.com' },
    expiresAt: new Date(Date.now() + 3_600_000),
  };
}

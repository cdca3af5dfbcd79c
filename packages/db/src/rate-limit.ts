import { createHash } from 'node:crypto';
import { limitReached, RATE_LIMITS, type RateLimitName } from '@clipmeter/core/rate-limit';
import type { Queryable } from '#src/connect.ts';
import type { Tx } from '#src/transaction.ts';

/**
 * Takes one of the attempts that a limit allows `key` (a user's id; an account and an address), or refuses. Whoever takes
 * two at once gets two: the row is locked until the transaction ends. Count in a transaction of its own, before the work,
 * where an attempt that fails shall count too: what is rolled back was never tried.
 *
 * @throws DomainError LIMIT_REACHED, saying when to try again
 */
export async function takeAttempt(tx: Tx, name: RateLimitName, key: string, now: Date): Promise<void> {
  const { max, windowMs } = RATE_LIMITS[name];
  const digest = digestOf(key);
  const since = new Date(now.getTime() - windowMs);
  const until = new Date(now.getTime() + windowMs);
  const { rowCount } = await tx.query(
    `INSERT INTO rate_limits AS r (name, key, attempts, expires_at) VALUES ($1, $2, ARRAY[$3::timestamptz], $5)
     ON CONFLICT (name, key) DO UPDATE SET expires_at = excluded.expires_at,
       attempts = ARRAY(SELECT at FROM unnest(r.attempts) AS at WHERE at > $4::timestamptz ORDER BY at) || excluded.attempts
     WHERE (SELECT count(*) FROM unnest(r.attempts) AS at WHERE at > $4::timestamptz) < $6`,
    [name, digest, now, since, until, max],
  );
  if (rowCount === 1) return;
  const { rows } = await tx.query<{ oldest: Date | null }>(
    `SELECT min(at) AS oldest FROM rate_limits, unnest(attempts) AS at WHERE name = $1 AND key = $2 AND at > $3`,
    [name, digest, since],
  );
  const oldest = rows[0]?.oldest ?? now;
  throw limitReached(name, oldest.getTime() + windowMs - now.getTime());
}

/** Gives every attempt back: who signed in by the right password has not been guessing. */
export async function forgiveAttempts(tx: Tx, name: RateLimitName, key: string): Promise<void> {
  await tx.query('DELETE FROM rate_limits WHERE name = $1 AND key = $2', [name, digestOf(key)]);
}

/** Drops what no limit asks for any more. */
export async function dropOldAttempts(client: Queryable, now: Date): Promise<number> {
  const { rowCount } = await client.query('DELETE FROM rate_limits WHERE expires_at <= $1', [now]);
  return rowCount ?? 0;
}

function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

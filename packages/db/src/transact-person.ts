import type { PersonAccess } from '@clipmeter/core/person-access';
import type { Tx } from '#src/transaction.ts';

/** A person as they are under their lock. */
export interface LockedPerson extends PersonAccess {
  readonly id: string;
  readonly name: string;
  readonly suspendedAt: Date | null;
}

/**
 * One at a time may change who is an admin, until the transaction ends: whoever comes second sees what the first did. The
 * trigger that keeps the last admin takes the same lock.
 */
export async function lockAccess(tx: Tx): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('clipmeter admins', 0))");
}

/** The people of these ids, locked in their order. */
export async function lockPeople(tx: Tx, ids: readonly string[]): Promise<Map<string, LockedPerson>> {
  const { rows } = await tx.query<{ id: string; name: string; role: 'CLIPPER' | 'ADMIN'; suspended_at: Date | null }>(
    'SELECT id, name, role, suspended_at FROM users WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
    [ids],
  );
  return new Map(
    rows.map(({ id, name, role, suspended_at }) => [
      id,
      { id, name, role, suspended: suspended_at !== null, suspendedAt: suspended_at },
    ]),
  );
}

/** How many can do what admins do. Access is locked. */
export async function countActiveAdmins(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ admins: number }>(
    "SELECT count(*)::int AS admins FROM users WHERE role = 'ADMIN' AND suspended_at IS NULL",
  );
  return rows[0]?.admins ?? 0;
}

/** Writes what a locked person may do from now on. */
export async function setAccess(tx: Tx, person: LockedPerson, access: PersonAccess, at: Date): Promise<void> {
  const suspendedAt = access.suspended ? (person.suspendedAt ?? at) : null;
  await tx.query('UPDATE users SET role = $2, suspended_at = $3, updated_at = $4 WHERE id = $1', [
    person.id,
    access.role,
    suspendedAt,
    at,
  ]);
}

/** Writes what somebody is called. */
export async function renameUser(tx: Tx, userId: string, name: string, at: Date): Promise<void> {
  await tx.query('UPDATE users SET name = $2, updated_at = $3 WHERE id = $1', [userId, name, at]);
}

/**
 * Ends sign-ins of a user; triggers have their sockets closed.
 *
 * @returns how many there were
 */
export async function endSessions(
  tx: Tx,
  userId: string,
  which: { only: string } | { allBut: string } | 'all',
): Promise<number> {
  const [condition, id] =
    which === 'all'
      ? ['$2::uuid IS NULL', null]
      : 'only' in which
        ? ['id = $2', which.only]
        : ['id <> $2', which.allBut];
  const { rowCount } = await tx.query(`DELETE FROM sessions WHERE user_id = $1 AND ${condition}`, [userId, id]);
  return rowCount ?? 0;
}

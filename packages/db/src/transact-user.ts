import { newId } from '#src/new-id.ts';
import type { Tx } from '#src/transaction.ts';

export interface UserWrite {
  readonly id: string;
  readonly name: string;
  /** In lower case. */
  readonly email: string;
  readonly role: 'CLIPPER' | 'ADMIN';
  readonly passwordHash: string;
  readonly at: Date;
}

/** Writes a user who signs in by password, in better-auth's shape. False: the e-mail has an account already. */
export async function insertUser(tx: Tx, user: UserWrite): Promise<boolean> {
  const { id, at } = user;
  const { rowCount } = await tx.query(
    `INSERT INTO users (id, name, email, role, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)
     ON CONFLICT (email) DO NOTHING`,
    [id, user.name, user.email, user.role, at],
  );
  if (rowCount === 0) return false;
  await tx.query(
    `INSERT INTO accounts (id, user_id, account_id, provider_id, password, created_at, updated_at)
     VALUES ($1, $2, $3, 'credential', $4, $5, $5)`,
    [newId(), id, id, user.passwordHash, at],
  );
  return true;
}

const FIRST_ADMIN = 'first-admin';

/** One at a time may offer or claim the first admin's place; until the transaction ends. */
export async function lockFirstAdmin(tx: Tx): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('clipmeter first admin', 0))");
}

/** Keeps the hash of a token, instead of any before it. */
export async function putFirstAdminToken(tx: Tx, token: { digest: string; expiresAt: Date; at: Date }): Promise<void> {
  await tx.query('DELETE FROM verifications WHERE identifier = $1', [FIRST_ADMIN]);
  await tx.query(
    `INSERT INTO verifications (id, identifier, value, expires_at, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)`,
    [newId(), FIRST_ADMIN, token.digest, token.expiresAt, token.at],
  );
}

/** Uses a token up. False: there is no such token, or its time is over. */
export async function takeFirstAdminToken(tx: Tx, digest: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    'DELETE FROM verifications WHERE identifier = $1 AND value = $2 AND expires_at > $3',
    [FIRST_ADMIN, digest, at],
  );
  return rowCount === 1;
}

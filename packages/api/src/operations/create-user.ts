import { DomainError } from '@clipmeter/core/domain-error';
import { appendAudit } from '@clipmeter/db/audit-log';
import { newId } from '@clipmeter/db/new-id';
import { insertUser } from '@clipmeter/db/transact-user';
import { type Tx, withTransaction } from '@clipmeter/db/transaction';
import { hashPassword } from 'better-auth/crypto';
import type { Actor, OperationDeps, Role } from '#src/context.ts';

export interface NewUser {
  name: string;
  /** Any case; kept in lower case. */
  email: string;
  password: string;
  role: Role;
}

/**
 * Makes an account that signs in by e-mail and password, as better-auth would, but with any role.
 *
 * @param actor null: the system (demo data)
 * @throws DomainError CONFLICT if the e-mail has an account
 */
export async function createUser(deps: OperationDeps, actor: Actor | null, user: NewUser): Promise<{ userId: string }> {
  const passwordHash = await hashPassword(user.password);
  return withTransaction(deps.pool, (tx) => writeUser(tx, { ...user, passwordHash, actor, at: deps.now() }));
}

/** The same inside a transaction; the password was hashed before it, for that takes long. */
export async function writeUser(
  tx: Tx,
  user: Omit<NewUser, 'password'> & { passwordHash: string; actor: Actor | null; at: Date },
): Promise<{ userId: string }> {
  const userId = newId();
  const email = user.email.trim().toLowerCase();
  const { name, role, passwordHash, actor, at } = user;
  if (!(await insertUser(tx, { id: userId, name, email, role, passwordHash, at }))) {
    throw new DomainError('CONFLICT', 'That email address has an account already.');
  }
  await appendAudit(tx, {
    actorId: actor?.userId ?? null,
    action: 'user.create',
    subjectKind: 'user',
    subjectId: userId,
    details: { role },
    at,
  });
  return { userId };
}

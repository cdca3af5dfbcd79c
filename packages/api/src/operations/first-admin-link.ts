import { createHash, randomBytes } from 'node:crypto';
import { DomainError } from '@clipmeter/core/domain-error';
import { appendAudit } from '@clipmeter/db/audit-log';
import { hasAdmin } from '@clipmeter/db/read-people';
import { lockFirstAdmin, putFirstAdminToken, takeFirstAdminToken } from '@clipmeter/db/transact-user';
import { withTransaction } from '@clipmeter/db/transaction';
import { hashPassword } from 'better-auth/crypto';
import type { OperationDeps } from '#src/context.ts';
import { writeUser } from '#src/operations/create-user.ts';

const LINK_LIFE_MS = 60 * 60_000;

const digestOf = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * Makes the token of the link that the first start prints, good for an hour and instead of any before it. Only its hash
 * is kept. Null: there is an admin, who makes the others.
 */
export function offerFirstAdmin(deps: OperationDeps): Promise<{ token: string; expiresAt: Date } | null> {
  const at = deps.now();
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(at.getTime() + LINK_LIFE_MS);
  return withTransaction(deps.pool, async (tx) => {
    await lockFirstAdmin(tx);
    if (await hasAdmin(tx)) return null;
    await putFirstAdminToken(tx, { digest: digestOf(token), expiresAt, at });
    return { token, expiresAt };
  });
}

/**
 * Makes the first admin for whoever holds the token, once, while there is none.
 *
 * @throws DomainError FORBIDDEN, CONFLICT
 */
export async function claimFirstAdmin(
  deps: OperationDeps,
  claim: { token: string; name: string; email: string; password: string },
): Promise<{ userId: string }> {
  const at = deps.now();
  const passwordHash = await hashPassword(claim.password);
  return withTransaction(deps.pool, async (tx) => {
    await lockFirstAdmin(tx);
    if (!(await takeFirstAdminToken(tx, digestOf(claim.token), at)) || (await hasAdmin(tx))) {
      throw new DomainError('FORBIDDEN', 'This link is not valid any more: restart Clipmeter for a new one.');
    }
    const { name, email } = claim;
    const user = await writeUser(tx, { name, email, role: 'ADMIN', passwordHash, actor: null, at });
    const { userId } = user;
    await appendAudit(tx, {
      actorId: userId,
      action: 'user.claim_first_admin',
      subjectKind: 'user',
      subjectId: userId,
      at,
    });
    return user;
  });
}

import { DomainError } from '@clipmeter/core/domain-error';
import { findSocialAccount, type SocialAccount } from '@clipmeter/db/social-account';
import type { Tx } from '@clipmeter/db/transaction';
import type { Actor } from '#src/context.ts';

/**
 * The account, if it is the actor's.
 *
 * @throws DomainError NOT_FOUND
 */
export async function ownSocialAccount(tx: Tx, actor: Actor, id: string): Promise<SocialAccount> {
  const account = await findSocialAccount(tx, id);
  if (account === null || account.userId !== actor.userId || account.removedAt !== null) {
    throw new DomainError('NOT_FOUND', 'There is no such account.');
  }
  return account;
}

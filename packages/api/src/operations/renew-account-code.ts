import { DomainError } from '@clipmeter/core/domain-error';
import { announceSocialAccount, renewCode, type SocialAccount } from '@clipmeter/db/social-account';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { newAccountCode } from '#src/operations/account-code.ts';
import { ownSocialAccount } from '#src/operations/own-social-account.ts';

/**
 * Gives an account another code; the one before is good for nothing from then on.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE
 */
export function renewAccountCode(deps: OperationDeps, actor: Actor, { id }: { id: string }): Promise<SocialAccount> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const account = await ownSocialAccount(tx, actor, id);
    if (account.verifiedAt !== null) throw new DomainError('WRONG_STATE', 'This account is verified already.');
    const renewed = await renewCode(tx, { id, userId: actor.userId, ...newAccountCode(at) });
    if (renewed === null) {
      throw new DomainError('WRONG_STATE', 'Your profile is being read: wait for the answer.');
    }
    await announceSocialAccount(tx, renewed, at);
    return renewed;
  });
}

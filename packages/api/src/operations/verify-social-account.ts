import { accountState } from '@clipmeter/core/account-proof';
import { DomainError } from '@clipmeter/core/domain-error';
import { takeAttempt } from '@clipmeter/db/rate-limit';
import { accountFacts, announceSocialAccount, requestCheck, type SocialAccount } from '@clipmeter/db/social-account';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { ownSocialAccount } from '#src/operations/own-social-account.ts';

/**
 * Asks for a look at the profile: the tracker reads it and says what came of it. While it is being read a repeat changes
 * nothing. What is refused counts against no limit.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE, LIMIT_REACHED
 */
export function verifySocialAccount(deps: OperationDeps, actor: Actor, { id }: { id: string }): Promise<SocialAccount> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const account = await ownSocialAccount(tx, actor, id);
    const state = accountState(accountFacts(account), at.getTime());
    if (state.name === 'reading' || state.name === 'verified') return account;
    if (!state.mayVerify) throw new DomainError('WRONG_STATE', state.sentence);
    await takeAttempt(tx, 'verify', actor.userId, at);
    const requested = await requestCheck(tx, { id, userId: actor.userId, at });
    if (requested === null) throw new DomainError('CONFLICT', 'This account has just changed. Look again.');
    await announceSocialAccount(tx, requested, at);
    return requested;
  });
}

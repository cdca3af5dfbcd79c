import { DomainError } from '@clipmeter/core/domain-error';
import { appendAudit } from '@clipmeter/db/audit-log';
import {
  announceSocialAccount,
  countLiveSubmissions,
  removeSocialAccount as remove,
  type SocialAccount,
} from '@clipmeter/db/social-account';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { ownSocialAccount } from '#src/operations/own-social-account.ts';

/**
 * Takes an account off the clipper's list. Another clipper may prove it then. Not while clips of it are submitted to
 * campaigns that run: their author is checked against it at every read.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE
 */
export function removeSocialAccount(deps: OperationDeps, actor: Actor, { id }: { id: string }): Promise<SocialAccount> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const account = await ownSocialAccount(tx, actor, id);
    const live = await countLiveSubmissions(tx, id);
    if (live > 0) {
      const clips = live === 1 ? 'A clip' : `${live} clips`;
      const they = live === 1 ? 'its campaign has' : 'their campaigns have';
      throw new DomainError(
        'WRONG_STATE',
        `${clips} from @${account.handle} may still earn: remove the account when ${they} ended.`,
      );
    }
    const removed = await remove(tx, { id, userId: actor.userId, at });
    if (removed === null) throw new DomainError('NOT_FOUND', 'There is no such account.');
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'social_account.remove',
      subjectKind: 'social_account',
      subjectId: id,
      details: { platform: account.platform, handle: account.handle, verified: account.verifiedAt !== null },
      at,
    });
    await announceSocialAccount(tx, removed, at);
    return removed;
  });
}

import { DomainError } from '@clipmeter/core/domain-error';
import { type Platform, platformName } from '@clipmeter/core/platform';
import { parseHandle } from '@clipmeter/core/social-handle';
import { appendAudit } from '@clipmeter/db/audit-log';
import { newId } from '@clipmeter/db/new-id';
import {
  announceSocialAccount,
  findSocialAccount,
  insertSocialAccount,
  readSocialAccounts,
  type SocialAccount,
} from '@clipmeter/db/social-account';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { newAccountCode } from '#src/operations/account-code.ts';

/** Accounts of one clipper. */
const ACCOUNTS_MAX = 20;

/**
 * Adds an account and makes the code that proves it. That somebody else has added the same handle is no reason against it:
 * whoever can write its bio proves it. A repeat with the same id answers with what exists.
 *
 * @throws DomainError INVALID_INPUT, CONFLICT, LIMIT_REACHED
 */
export function addSocialAccount(
  deps: OperationDeps,
  actor: Actor,
  { id = newId(), platform, handle: text }: { id?: string | undefined; platform: Platform; handle: string },
): Promise<SocialAccount> {
  const at = deps.now();
  const handle = parseHandle(platform, text);
  return withTransaction(deps.pool, async (tx) => {
    const repeated = await findSocialAccount(tx, id);
    if (repeated !== null) {
      if (repeated.userId !== actor.userId) throw new DomainError('CONFLICT', 'That id is taken.');
      return repeated;
    }
    if ((await readSocialAccounts(tx, actor.userId)).length >= ACCOUNTS_MAX) {
      throw new DomainError('LIMIT_REACHED', `You have ${ACCOUNTS_MAX} accounts: remove one to add another.`);
    }
    const account = await insertSocialAccount(tx, {
      id,
      userId: actor.userId,
      platform,
      handle,
      ...newAccountCode(at),
      at,
    });
    if (account === null) {
      throw new DomainError('CONFLICT', `You have added @${handle} on ${platformName(platform)} already.`);
    }
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'social_account.add',
      subjectKind: 'social_account',
      subjectId: id,
      details: { platform, handle },
      at,
    });
    await announceSocialAccount(tx, account, at);
    return account;
  });
}

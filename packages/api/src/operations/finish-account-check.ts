import { bioHasCode, type CheckOutcome } from '@clipmeter/core/account-proof';
import { platformName } from '@clipmeter/core/platform';
import { appendAudit } from '@clipmeter/db/audit-log';
import { type NewNotification, notifyUsers } from '@clipmeter/db/notify-users';
import {
  announceSocialAccount,
  finishCheck,
  isProved,
  type ShownAccount,
  type SocialAccount,
} from '@clipmeter/db/social-account';
import { type Tx, withTransaction } from '@clipmeter/db/transaction';
import type { OperationDeps } from '#src/context.ts';

/** What the tracker found when it looked at a profile. */
export type ProfileLook =
  | { readonly kind: 'found'; readonly profile: ShownAccount & { readonly bio: string } }
  | { readonly kind: 'not_found' | 'unreadable' };

/**
 * Ends a request to look at a profile. If the code is in its bio, the account's immutable id is bound to the clipper: once,
 * and to nobody else. Given again it changes nothing.
 *
 * @returns what came of it; null if it was over already
 */
export async function finishAccountCheck(
  deps: OperationDeps,
  account: SocialAccount,
  look: ProfileLook,
): Promise<CheckOutcome | null> {
  const { checkRequestedAt: requestedAt } = account;
  if (requestedAt === null) return null;
  const end = (outcome: CheckOutcome) =>
    withTransaction(deps.pool, (tx) => write(tx, { account, requestedAt, outcome, look, at: deps.now() }));
  const outcome = await outcomeOf(deps, account, look);
  try {
    return await end(outcome);
  } catch (error) {
    // Two clippers who prove the same account at once: the key lets one of them.
    if (outcome === 'VERIFIED' && isTaken(error)) return end('TAKEN');
    throw error;
  }
}

async function outcomeOf({ pool }: OperationDeps, account: SocialAccount, look: ProfileLook): Promise<CheckOutcome> {
  if (look.kind !== 'found') return look.kind === 'not_found' ? 'NOT_FOUND' : 'UNREADABLE';
  if (account.code === null || !bioHasCode(look.profile.bio, account.code)) return 'NOT_YET';
  return (await isProved(pool, account.platform, look.profile.externalId)) ? 'TAKEN' : 'VERIFIED';
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'social_accounts_verified_key';

interface Finish {
  readonly account: SocialAccount;
  readonly requestedAt: Date;
  readonly outcome: CheckOutcome;
  readonly look: ProfileLook;
  readonly at: Date;
}

async function write(tx: Tx, { account, requestedAt, outcome, look, at }: Finish): Promise<CheckOutcome | null> {
  const shown = outcome === 'VERIFIED' && look.kind === 'found' ? look.profile : null;
  const finished = await finishCheck(tx, { id: account.id, requestedAt, at, outcome, shown });
  if (finished === null) return null;
  if (outcome === 'VERIFIED')
    await appendAudit(tx, {
      actorId: null,
      action: 'social_account.verify',
      subjectKind: 'social_account',
      subjectId: finished.id,
      details: {
        userId: finished.userId,
        platform: finished.platform,
        handle: finished.handle,
        externalId: finished.externalId,
      },
      at,
    });
  await notifyUsers(tx, noticesOf(finished, requestedAt, outcome), at);
  await announceSocialAccount(tx, finished, at);
  return outcome;
}

/** The clipper watches, or has left the page. That a code is not there yet is said on the page alone. */
function noticesOf(account: SocialAccount, requestedAt: Date, outcome: CheckOutcome): NewNotification[] {
  const name = `@${account.handle} on ${platformName(account.platform)}`;
  const notice = {
    userId: account.userId,
    cause: `${account.id} ${requestedAt.toISOString()}`,
    link: '/account/social',
  };
  switch (outcome) {
    case 'VERIFIED':
      return [
        {
          ...notice,
          kind: 'account.verified',
          title: `${name} is verified`,
          body: 'Clips from this account count for you. You may take the code out of the bio.',
        },
      ];
    case 'NOT_YET':
      return [];
    case 'NOT_FOUND':
      return [
        {
          ...notice,
          kind: 'account.not_verified',
          title: `${name} could not be verified`,
          body: `${platformName(account.platform)} knows no such account.`,
        },
      ];
    case 'TAKEN':
      return [
        {
          ...notice,
          kind: 'account.not_verified',
          title: `${name} could not be verified`,
          body: 'It is verified on Clipmeter already. An account belongs to one clipper.',
        },
      ];
    case 'UNREADABLE':
      return [
        {
          ...notice,
          kind: 'account.not_verified',
          title: `${name} could not be read`,
          body: 'This says nothing of your code. Press verify again in a few minutes.',
        },
      ];
  }
}

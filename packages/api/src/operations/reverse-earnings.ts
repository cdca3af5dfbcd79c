import { DomainError } from '@clipmeter/core/domain-error';
import { addMicros, formatDecimal, formatUsd, parseMicros } from '@clipmeter/core/money';
import { appendAudit } from '@clipmeter/db/audit-log';
import { newId } from '@clipmeter/db/new-id';
import { type NewNotification, notifyUsers } from '@clipmeter/db/notify-users';
import { refuseWhileReleasing } from '@clipmeter/db/refuse-while-releasing';
import { readEarnedUnder, reverseEarnings as reverse } from '@clipmeter/db/reverse-earnings';
import { announceSubmission, lockSubmission } from '@clipmeter/db/transact-submission';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { refuseWhileClosing } from '#src/operations/refuse-while-closing.ts';

export interface EarningsReversal {
  /** The submission. */
  id: string;
  /** The caller may make it (uuid): a repeat then moves nothing. */
  reversalId?: string | undefined;
  amount: string;
  reason: string;
}

/**
 * Takes back what a revoked clip earned: pending → budget while its campaign runs, available → outside afterwards. Never
 * more than it earned, and never what is in a payout or was paid.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE, INVALID_MONEY, CONFLICT
 */
export function reverseEarnings(
  deps: OperationDeps,
  actor: Actor,
  input: EarningsReversal,
): Promise<{ id: string; earned: string; reversed: string }> {
  const at = deps.now();
  const { id, reason } = input;
  const amountMicros = parseMicros(input.amount);
  if (amountMicros <= 0n) throw new DomainError('INVALID_MONEY', 'Enter an amount above zero.');
  const reversalId = input.reversalId ?? newId();
  return withTransaction(deps.pool, async (tx) => {
    const { submission, campaign } = await lockSubmission(tx, id);
    if (submission.status !== 'REVOKED') {
      throw new DomainError('WRONG_STATE', 'Revoke the approval first: an approved clip would earn it again.');
    }
    refuseWhileClosing(campaign);
    await refuseWhileReleasing(tx, campaign);
    const before = await readEarnedUnder(tx, id);
    const isNew = await reverse(tx, {
      id: reversalId,
      submission,
      campaign,
      amountMicros,
      reason,
      actorId: actor.userId,
      at,
    });
    const earned = formatDecimal(before.earnedMicros);
    if (!isNew) return { id, earned, reversed: formatDecimal(before.reversedMicros) };
    const reversed = formatDecimal(addMicros(before.reversedMicros, amountMicros));
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'submission.reverse_earnings',
      subjectKind: 'submission',
      subjectId: id,
      before: { reversed: formatDecimal(before.reversedMicros) },
      after: { reversed },
      details: { campaignId: campaign.id, reversalId, amount: formatDecimal(amountMicros), earned, reason },
      at,
    });
    const notice: NewNotification = {
      userId: submission.userId,
      kind: 'submission.reversed',
      cause: reversalId,
      title: `${formatUsd(amountMicros)} of what a clip earned was taken back`,
      body: `It was in ${campaign.title}, and its approval had been revoked. ${reason}`,
      link: `/clips/${id}`,
    };
    await notifyUsers(tx, [notice], at);
    await announceSubmission(tx, id, at, actor.userId);
    return { id, earned, reversed };
  });
}

import { submissionStatusAfter } from '@clipmeter/core/submission-state';
import { appendAudit } from '@clipmeter/db/audit-log';
import { type NewNotification, notifyUsers } from '@clipmeter/db/notify-users';
import { announceSubmission, lockSubmission, rejectSubmission as reject } from '@clipmeter/db/transact-submission';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { refuseDecided, type SeenAs } from '#src/operations/refuse-decided.ts';
import { type SubmissionStanding, standingOf } from '#src/operations/submission-standing.ts';

/**
 * Turns a pending submission down with a reason that its clipper reads. The video may be submitted again.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE, CONFLICT
 */
export function rejectSubmission(
  deps: OperationDeps,
  actor: Actor,
  { id, reason, seenAs }: { id: string; reason: string; seenAs?: SeenAs },
): Promise<SubmissionStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const { submission, campaign } = await lockSubmission(tx, id);
    await refuseDecided(tx, submission, actor, seenAs);
    const status = submissionStatusAfter(submission, 'reject');
    await reject(tx, { submission, campaign, reason, actorId: actor.userId, at });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'submission.reject',
      subjectKind: 'submission',
      subjectId: id,
      details: { campaignId: campaign.id, reason },
      at,
    });
    const notice: NewNotification = {
      userId: submission.userId,
      kind: 'submission.rejected',
      cause: id,
      title: `Not accepted for ${campaign.title}`,
      body: reason,
      link: `/campaigns/${campaign.id}`,
    };
    await notifyUsers(tx, [notice], at);
    await announceSubmission(tx, id, at, actor.userId);
    return { ...standingOf(submission), status };
  });
}

import { submissionStatusAfter } from '@clipmeter/core/submission-state';
import { appendAudit } from '@clipmeter/db/audit-log';
import { type NewNotification, notifyUsers } from '@clipmeter/db/notify-users';
import { revokeApproval } from '@clipmeter/db/revoke-approval';
import { announceSubmission, lockSubmission } from '@clipmeter/db/transact-submission';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { refuseDecided } from '#src/operations/refuse-decided.ts';
import { type SubmissionStanding, standingOf } from '#src/operations/submission-standing.ts';

/**
 * Takes an approval back: the clip earns no more from now on, and the video may be submitted again. What it has earned
 * stays its clipper's; taking that back is another act (`reverseEarnings`).
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE, CONFLICT
 */
export function revokeSubmission(
  deps: OperationDeps,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<SubmissionStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const { submission, campaign } = await lockSubmission(tx, id);
    if (submission.status === 'REVOKED') await refuseDecided(tx, submission, actor);
    const status = submissionStatusAfter(submission, 'revoke');
    await revokeApproval(tx, { submission, campaign, reason, actorId: actor.userId, at });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'submission.revoke',
      subjectKind: 'submission',
      subjectId: id,
      before: { status: submission.status },
      after: { status },
      details: { campaignId: campaign.id, clipId: submission.clipId, reason },
      at,
    });
    const notice: NewNotification = {
      userId: submission.userId,
      kind: 'submission.revoked',
      cause: id,
      title: `A clip in ${campaign.title} is no longer approved`,
      body: `${reason} It earns no more from now on; what it has earned stays as it is.`,
      link: `/clips/${id}`,
    };
    await notifyUsers(tx, [notice], at);
    await announceSubmission(tx, id, at, actor.userId);
    return { ...standingOf(submission), status };
  });
}

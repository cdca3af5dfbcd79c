import { DomainError } from '@clipmeter/core/domain-error';
import { submissionStatusAfter } from '@clipmeter/core/submission-state';
import { appendAudit } from '@clipmeter/db/audit-log';
import { announceSubmission, lockSubmission, requestApproval } from '@clipmeter/db/transact-submission';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { refuseDecided } from '#src/operations/refuse-decided.ts';
import { refuseWhileClosing } from '#src/operations/refuse-while-closing.ts';
import { type SubmissionStanding, standingOf } from '#src/operations/submission-standing.ts';

/**
 * An admin's yes. The tracker reads the video next, and the settlement of that read freezes baseline, metric and terms;
 * until then the submission stays PENDING, for a baseline is never guessed. A repeat changes nothing; who comes after
 * another admin is told.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE, CONFLICT
 */
export function approveSubmission(
  deps: OperationDeps,
  actor: Actor,
  { id }: { id: string },
): Promise<SubmissionStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const { submission, clip, campaign } = await lockSubmission(tx, id);
    await refuseDecided(tx, submission, actor, 'waiting');
    if (submission.status === 'APPROVED') return standingOf(submission);
    submissionStatusAfter(submission, 'requestApproval');
    if (submission.approvalRequestedAt !== null) return standingOf(submission);
    if (campaign.status !== 'ACTIVE' && campaign.status !== 'PAUSED') {
      throw new DomainError('WRONG_STATE', 'Clips can be approved only while their campaign runs.');
    }
    refuseWhileClosing(campaign);
    await requestApproval(tx, { submission, clip, actorId: actor.userId, at });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'submission.approve',
      subjectKind: 'submission',
      subjectId: id,
      details: { campaignId: campaign.id, clipId: clip.id },
      at,
    });
    await announceSubmission(tx, id, at, actor.userId);
    return { ...standingOf(submission), approvalRequested: true };
  });
}

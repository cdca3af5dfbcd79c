import { DomainError } from '@clipmeter/core/domain-error';
import { submissionStatusAfter } from '@clipmeter/core/submission-state';
import { appendAudit } from '@clipmeter/db/audit-log';
import { announceSubmission, lockSubmission } from '@clipmeter/db/transact-submission';
import { withTransaction } from '@clipmeter/db/transaction';
import { withdrawSubmission as withdraw } from '@clipmeter/db/withdraw-submission';
import type { Actor, OperationDeps } from '#src/context.ts';
import { type SubmissionStanding, standingOf } from '#src/operations/submission-standing.ts';

/**
 * Takes a submission of one's own back while nobody has decided on it. Its video may be submitted again. A repeat changes
 * nothing.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE
 */
export function withdrawSubmission(
  deps: OperationDeps,
  actor: Actor,
  { id }: { id: string },
): Promise<SubmissionStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const { submission, campaign } = await lockSubmission(tx, id);
    // Somebody else's is as unknown as none.
    if (submission.userId !== actor.userId) throw new DomainError('NOT_FOUND', 'There is no such submission.');
    if (submission.status === 'WITHDRAWN') return standingOf(submission);
    const status = submissionStatusAfter(submission, 'withdraw');
    await withdraw(tx, { submission, campaign, actorId: actor.userId, at });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'submission.withdraw',
      subjectKind: 'submission',
      subjectId: id,
      details: { campaignId: campaign.id, clipId: submission.clipId },
      at,
    });
    await announceSubmission(tx, id, at);
    return { ...standingOf(submission), status };
  });
}

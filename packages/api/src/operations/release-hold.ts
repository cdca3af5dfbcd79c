import { DomainError } from '@clipmeter/core/domain-error';
import { appendAudit } from '@clipmeter/db/audit-log';
import { notifyUsers } from '@clipmeter/db/notify-users';
import { endHold, findHold } from '@clipmeter/db/transact-hold';
import { announceSubmission, lockSubmission } from '@clipmeter/db/transact-submission';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { refuseWhileClosing } from '#src/operations/refuse-while-closing.ts';
import { type SubmissionStanding, standingOf } from '#src/operations/submission-standing.ts';

/**
 * Lets a clip earn again that was on hold because its video was shown as somebody else's. That author is accepted for this
 * clip from now on. What it grew meanwhile is paid by its next read.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE
 */
export function releaseHold(
  deps: OperationDeps,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<SubmissionStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const { submission, clip, campaign } = await lockSubmission(tx, id);
    const hold = await findHold(tx, id);
    if (hold === null || submission.status !== 'APPROVED') {
      throw new DomainError('WRONG_STATE', 'This clip is not on hold.');
    }
    if (campaign.completedAt !== null) {
      throw new DomainError('WRONG_STATE', 'The campaign of this clip has ended: the clip keeps what it earned.');
    }
    refuseWhileClosing(campaign);
    await endHold(tx, { submissionId: id, clipId: clip.id, campaign, hold, reason, actorId: actor.userId, at });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'submission.releaseHold',
      subjectKind: 'submission',
      subjectId: id,
      details: { before: { onHold: hold.reason }, after: { acceptedAuthorId: hold.authorId }, reason },
      at,
    });
    const notice = {
      userId: submission.userId,
      kind: 'submission.released',
      cause: `${id} ${hold.number}`,
      title: `A clip in ${campaign.title} earns again`,
      body: 'An admin has looked at it. What it grew meanwhile counts at its next read.',
      link: `/clips/${id}`,
    } as const;
    await notifyUsers(tx, [notice], at);
    await announceSubmission(tx, id, at);
    return standingOf(submission);
  });
}

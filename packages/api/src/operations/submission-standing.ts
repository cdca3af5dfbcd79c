import { DomainError } from '@clipmeter/core/domain-error';
import type { SubmissionStatus } from '@clipmeter/core/submission-state';
import type { SubmissionRow } from '@clipmeter/db/transact-submission';
import type { Actor } from '#src/context.ts';

/** Where a submission stands after an operation. */
export interface SubmissionStanding {
  id: string;
  clipId: string;
  status: SubmissionStatus;
  /** An admin said yes; the tracker reads the video and freezes baseline and terms. */
  approvalRequested: boolean;
}

export function standingOf(submission: {
  id: string;
  clipId: string;
  status: SubmissionStatus;
  approvalRequestedAt: Date | null;
}): SubmissionStanding {
  const { id, clipId, status, approvalRequestedAt } = submission;
  return { id, clipId, status, approvalRequested: approvalRequestedAt !== null };
}

/** A link that is being followed: it becomes the submission of the same id, and `link.changed` tells when. */
export interface LinkStanding {
  id: string;
  clipId: null;
  status: 'RESOLVING';
  approvalRequested: false;
}

/**
 * Answers a repeat with the submission that exists.
 *
 * @throws DomainError CONFLICT, when somebody else made that id
 */
export function answerRepeat(submission: SubmissionRow, actor: Actor): SubmissionStanding {
  if (submission.userId !== actor.userId) throw new DomainError('CONFLICT', 'That id is taken.');
  return standingOf(submission);
}

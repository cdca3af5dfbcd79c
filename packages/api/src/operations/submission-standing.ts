import type { SubmissionStatus } from '@clipmeter/core/submission-state';

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

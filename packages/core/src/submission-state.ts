import { canOf, type StateTable, statusAfter } from '#src/state-table.ts';

export const SUBMISSION_STATUSES = ['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'REVOKED'] as const;
export type SubmissionStatus = (typeof SUBMISSION_STATUSES)[number];

export type SubmissionAction = 'requestApproval' | 'approve' | 'reject' | 'withdraw' | 'rebase' | 'revoke';

/**
 *   PENDING ──approve──▶ APPROVED ──revoke──▶ REVOKED
 *      ├─────reject────▶ REJECTED
 *      └────withdraw───▶ WITHDRAWN
 *
 * An admin's yes only requests the approval: the submission stays pending until its video was read and the baseline
 * is known. Rejected, withdrawn and revoked submissions free their video for another.
 */
export const SUBMISSION_ACTIONS: StateTable<SubmissionStatus, SubmissionAction> = {
  requestApproval: { from: ['PENDING'], to: null, words: 'approved' },
  approve: { from: ['PENDING'], to: 'APPROVED', words: 'approved' },
  reject: { from: ['PENDING'], to: 'REJECTED', words: 'rejected' },
  withdraw: { from: ['PENDING'], to: 'WITHDRAWN', words: 'withdrawn' },
  rebase: { from: ['APPROVED'], to: null, words: 're-based' },
  revoke: { from: ['APPROVED'], to: 'REVOKED', words: 'revoked' },
};

/** `submissionCan.approve(submission)`: whether its status allows the action. */
export const submissionCan = canOf(SUBMISSION_ACTIONS);

/**
 * The submission's status after an action.
 *
 * @throws DomainError WRONG_STATE
 */
export function submissionStatusAfter(
  submission: { status: SubmissionStatus },
  action: SubmissionAction,
): SubmissionStatus {
  return statusAfter(SUBMISSION_ACTIONS, 'submission', submission, action);
}

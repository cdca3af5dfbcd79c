import type { LockedCampaign } from '#src/batch-locks.ts';
import { recordStatusChange, type SubmissionRow } from '#src/transact-submission.ts';
import type { Tx } from '#src/transaction.ts';

/** Takes a pending submission back: its video may be submitted again, and nothing reads it any more. All is locked. */
export async function withdrawSubmission(
  tx: Tx,
  withdrawal: { submission: SubmissionRow; campaign: LockedCampaign; actorId: string; at: Date },
): Promise<void> {
  const { submission, campaign, actorId, at } = withdrawal;
  await tx.query('DELETE FROM clip_schedules WHERE clip_id = $1', [submission.clipId]);
  await tx.query(
    `UPDATE clip_submissions SET status = 'WITHDRAWN', approval_blocked = NULL, first_read_blocked = NULL, updated_at = $2
     WHERE id = $1`,
    [submission.id, at],
  );
  const { id: submissionId, status: from } = submission;
  await recordStatusChange(tx, { submissionId, from, to: 'WITHDRAWN', reason: null, campaign, actorId, at });
}

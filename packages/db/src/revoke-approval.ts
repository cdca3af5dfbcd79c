import type { LockedCampaign } from '#src/batch-locks.ts';
import { campaignEvents } from '#src/campaign-events.ts';
import { appendEvents } from '#src/event-log.ts';
import { refuseWhileReleasing } from '#src/refuse-while-releasing.ts';
import { refuseWhileSettling } from '#src/refuse-while-settling.ts';
import { recordStatusChange, type SubmissionRow } from '#src/transact-submission.ts';
import type { Tx } from '#src/transaction.ts';

export interface Revocation {
  readonly submission: SubmissionRow;
  readonly campaign: LockedCampaign;
  /** For the clipper. */
  readonly reason: string;
  readonly actorId: string;
  readonly at: Date;
}

/**
 * Ends an approved submission: no settlement credits it any more, its video is not read for it and may be submitted again.
 * What it has earned stays where it is. Everything is locked (`lockSubmission`).
 *
 * @throws DomainError WRONG_STATE while its campaign is settled or released part by part
 */
export async function revokeApproval(tx: Tx, revocation: Revocation): Promise<void> {
  const { submission, campaign, reason, actorId, at } = revocation;
  await refuseWhileSettling(tx, campaign.id);
  await refuseWhileReleasing(tx, campaign);
  await tx.query(
    `UPDATE clip_submissions SET status = 'REVOKED', approval_blocked = NULL, doubtful_views = NULL, updated_at = $2 WHERE id = $1`,
    [submission.id, at],
  );
  await recordStatusChange(tx, {
    submissionId: submission.id,
    from: submission.status,
    to: 'REVOKED',
    reason,
    campaign,
    actorId,
    at,
  });
  // Nothing is expected of it any more.
  const { rowCount } = await tx.query(
    `WITH gone AS (DELETE FROM clip_schedules WHERE clip_id = $2 RETURNING expected)
     UPDATE campaigns c SET expected = GREATEST(0, c.expected - gone.expected), version = version + 1, updated_at = $3
     FROM gone WHERE c.id = $1`,
    [campaign.id, submission.clipId, at],
  );
  if (rowCount) await appendEvents(tx, await campaignEvents(tx, [campaign.id], at));
}

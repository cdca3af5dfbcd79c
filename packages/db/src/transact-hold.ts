import type { LockedCampaign } from '#src/batch-locks.ts';
import type { Tx } from '#src/transaction.ts';

/** A submission that is on hold. */
export interface Hold {
  readonly reason: string;
  /** Whom the read showed that put it on hold. */
  readonly authorId: string | null;
  /** Its place among the submission's holds and releases. */
  readonly number: number;
}

/** The hold of a submission, which is locked; null if it is on none. */
export async function findHold(tx: Tx, submissionId: string): Promise<Hold | null> {
  const { rows } = await tx.query<{ held_reason: string; author_id: string | null; number: number }>(
    `SELECT s.held_reason, h.author_id, h.number FROM clip_submissions s JOIN submission_hold_changes h ON h.submission_id = s.id
     WHERE s.id = $1 AND s.held_at IS NOT NULL ORDER BY h.number DESC LIMIT 1`,
    [submissionId],
  );
  const row = rows[0];
  return row === undefined ? null : { reason: row.held_reason, authorId: row.author_id, number: row.number };
}

/**
 * Ends a hold: the author that it was about is accepted for this clip from now on, and the clip is read at once, unless
 * its campaign is paused. Baseline and terms stay, so that read pays what it grew meanwhile. Clip, campaign, schedule and
 * submission are locked.
 */
export async function endHold(
  tx: Tx,
  release: {
    submissionId: string;
    clipId: string;
    campaign: LockedCampaign;
    hold: Hold;
    reason: string;
    actorId: string;
    at: Date;
  },
): Promise<void> {
  const { submissionId, clipId, campaign, hold, reason, actorId, at } = release;
  await tx.query(
    `UPDATE clip_submissions SET held_at = NULL, held_reason = NULL, accepted_author_id = $2, updated_at = $3 WHERE id = $1`,
    [submissionId, hold.authorId, at],
  );
  await tx.query(
    `INSERT INTO submission_hold_changes (submission_id, number, held, reason, author_id, settlement_number, actor_id, created_at)
     VALUES ($1, $2, false, $3, $4, $5, $6, $7)`,
    [submissionId, hold.number + 1, reason, hold.authorId, campaign.settlementNumber.toString(), actorId, at],
  );
  if (campaign.status === 'ACTIVE')
    await tx.query('UPDATE clip_schedules SET next_due_at = $2 WHERE clip_id = $1', [clipId, at]);
}

import { isFinal } from '@clipmeter/core/campaign-state';
import type { Pool } from 'pg';
import { type NewNotification, notifyUsers } from '#src/notify-users.ts';
import { announceSubmission, lockSubmission, rejectSubmission } from '#src/transact-submission.ts';
import { withTransaction } from '#src/transaction.ts';

const REASON = 'The campaign ended before this was decided.';

/**
 * Turns down what still waits for a decision in a finished campaign, so that its videos may be submitted elsewhere and
 * its clippers know. One short transaction each, the clip locked first as everywhere; safe to repeat.
 *
 * @returns how many were turned down
 */
export async function rejectWaiting(
  pool: Pool,
  { campaignId, limit, now }: { campaignId: string; limit: number; now: Date },
): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM clip_submissions WHERE campaign_id = $1 AND status = 'PENDING' ORDER BY id LIMIT $2`,
    [campaignId, limit],
  );
  let rejected = 0;
  for (const { id } of rows) if (await rejectOne(pool, id, now)) rejected += 1;
  return rejected;
}

async function rejectOne(pool: Pool, submissionId: string, now: Date): Promise<boolean> {
  return withTransaction(pool, async (tx) => {
    const { submission, campaign } = await lockSubmission(tx, submissionId);
    if (submission.status !== 'PENDING' || !isFinal(campaign)) return false;
    await rejectSubmission(tx, { submission, campaign, reason: REASON, actorId: null, at: now });
    const notice: NewNotification = {
      userId: submission.userId,
      kind: 'submission.rejected',
      cause: submission.id,
      title: `Not accepted for ${campaign.title}`,
      body: REASON,
      link: `/campaigns/${campaign.id}`,
    };
    await notifyUsers(tx, [notice], now);
    await announceSubmission(tx, submission.id, now);
    return true;
  });
}

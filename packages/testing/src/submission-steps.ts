import type { NamedClip } from '@clipmeter/core/clip-link';
import { lockCampaign } from '@clipmeter/db/transact-campaign';
import {
  findLiveSubmission,
  findSubmission,
  insertSubmission,
  lockClipOf,
  lockSubmission,
  rejectSubmission,
  requestApproval,
} from '@clipmeter/db/transact-submission';
import { withTransaction } from '@clipmeter/db/transaction';
import { v7 as uuidv7 } from 'uuid';
import type { World, WorldClip } from '#src/settlement-world.ts';

/** Nothing is written then, not even the clip. */
class Refused extends Error {}

/** What clippers and admins do to submissions while clips are read, without the API around it. */
export function submissionSteps({ pool, now }: World, actorId: string) {
  /** Submits a video and says yes to it: its next read is its baseline. Null: its campaign takes none now, or it is live elsewhere. */
  const submit = (campaignId: string, userId: string, link: NamedClip): Promise<WorldClip | null> =>
    withTransaction(pool, async (tx) => {
      const at = now();
      const clip = await lockClipOf(tx, link, at);
      const campaign = await lockCampaign(tx, campaignId);
      if (campaign.completedAt !== null || campaign.closingRoundId !== null) throw new Refused();
      if ((await findLiveSubmission(tx, clip.id)) !== null) throw new Refused();
      const submissionId = uuidv7();
      await insertSubmission(tx, { id: submissionId, clipId: clip.id, campaign, userId, socialAccountId: null, at });
      const submission = await findSubmission(tx, submissionId);
      if (submission === null) throw new Error(`Submission ${submissionId} was not written`);
      await requestApproval(tx, { submission, clip, actorId, at });
      return { clipId: clip.id, submissionId, userId };
    }).catch((error: unknown) => {
      if (error instanceof Refused) return null;
      throw error;
    });

  /** Turns a submission down whose baseline is not read yet. False: it is approved, or over. */
  const reject = ({ submissionId }: WorldClip): Promise<boolean> =>
    withTransaction(pool, async (tx) => {
      const { submission, campaign } = await lockSubmission(tx, submissionId);
      if (submission.status !== 'PENDING') return false;
      await rejectSubmission(tx, { submission, campaign, reason: 'no', actorId, at: now() });
      return true;
    });

  /** Ends an approved submission of a running campaign: what it earned stays, and it earns no more. */
  const revoke = ({ clipId, submissionId }: WorldClip): Promise<boolean> =>
    withTransaction(pool, async (tx) => {
      const { submission, campaign } = await lockSubmission(tx, submissionId);
      if (submission.status !== 'APPROVED' || campaign.completedAt !== null) return false;
      // Its share is decided, and perhaps paid, while its campaign is settled part by part.
      const { rowCount: settling } = await tx.query(
        'SELECT FROM closing_rounds WHERE campaign_id = $1 AND ended_at IS NULL AND frozen_at IS NOT NULL',
        [campaign.id],
      );
      if (settling) return false;
      await tx.query(`UPDATE clip_submissions SET status = 'REVOKED', updated_at = $2 WHERE id = $1`, [
        submissionId,
        now(),
      ]);
      await tx.query(
        `INSERT INTO submission_status_changes (id, submission_id, from_status, to_status, reason, settlement_number, actor_id, created_at)
         VALUES ($1, $2, 'APPROVED', 'REVOKED', 'a test', $3, $4, $5)`,
        [uuidv7(), submissionId, campaign.settlementNumber.toString(), actorId, now()],
      );
      await tx.query(
        `WITH gone AS (DELETE FROM clip_schedules WHERE clip_id = $2 RETURNING expected)
         UPDATE campaigns SET expected = GREATEST(0, campaigns.expected - gone.expected) FROM gone WHERE id = $1`,
        [campaign.id, clipId],
      );
      return true;
    });

  return { submit, reject, revoke };
}

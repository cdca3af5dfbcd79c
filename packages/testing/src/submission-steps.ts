import type { NamedClip } from '@clipmeter/core/clip-link';
import { DomainError } from '@clipmeter/core/domain-error';
import { subtractMicros } from '@clipmeter/core/money';
import { refuseWhileReleasing } from '@clipmeter/db/refuse-while-releasing';
import { readEarnedUnder, reverseEarnings } from '@clipmeter/db/reverse-earnings';
import { revokeApproval } from '@clipmeter/db/revoke-approval';
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

type SubmissionOf = Pick<WorldClip, 'submissionId'>;

/** An operation that may not be done at this moment was not done. */
const refusedNow =
  <Nothing>(nothing: Nothing) =>
  (error: unknown): Nothing => {
    if (error instanceof DomainError && error.code === 'WRONG_STATE') return nothing;
    throw error;
  };

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
  const revoke = ({ submissionId }: SubmissionOf): Promise<boolean> =>
    withTransaction(pool, async (tx) => {
      const { submission, campaign } = await lockSubmission(tx, submissionId);
      if (submission.status !== 'APPROVED' || campaign.completedAt !== null) return false;
      await revokeApproval(tx, { submission, campaign, reason: 'a test', actorId, at: now() });
      return true;
    }).catch(refusedNow(false));

  /** Takes back all that a revoked submission earned. Null: it earned nothing, or that cannot be done now. */
  const reverse = ({ submissionId }: SubmissionOf): Promise<'pending' | 'available' | null> =>
    withTransaction(pool, async (tx) => {
      const { submission, campaign } = await lockSubmission(tx, submissionId);
      const { earnedMicros, reversedMicros } = await readEarnedUnder(tx, submissionId);
      const amountMicros = subtractMicros(earnedMicros, reversedMicros);
      if (submission.status !== 'REVOKED' || campaign.closingRoundId !== null || amountMicros === 0n) return null;
      await refuseWhileReleasing(tx, campaign);
      await reverseEarnings(tx, {
        id: uuidv7(),
        submission,
        campaign,
        amountMicros,
        reason: 'a test',
        actorId,
        at: now(),
      });
      return campaign.completedAt === null ? 'pending' : 'available';
    }).catch(refusedNow(null));

  return { submit, reject, revoke, reverse };
}

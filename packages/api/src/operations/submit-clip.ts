import { type NamedClip, parseClipLink } from '@clipmeter/core/clip-link';
import { DomainError } from '@clipmeter/core/domain-error';
import { type Platform, platformName } from '@clipmeter/core/platform';
import { appendAudit } from '@clipmeter/db/audit-log';
import type { LockedCampaign } from '@clipmeter/db/batch-locks';
import { newId } from '@clipmeter/db/new-id';
import { lockCampaign, readOffer } from '@clipmeter/db/transact-campaign';
import {
  announceSubmission,
  countPending,
  findLiveSubmission,
  findSubmission,
  findVerifiedAccount,
  insertSubmission,
  lockClipOf,
  type SubmissionRow,
} from '@clipmeter/db/transact-submission';
import { type Tx, withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { refuseWhileClosing } from '#src/operations/refuse-while-closing.ts';
import { type SubmissionStanding, standingOf } from '#src/operations/submission-standing.ts';

export interface Submit {
  id?: string | undefined;
  campaignId: string;
  link: string;
}

/** Submissions of one clipper that wait at a time. */
const PENDING_MAX = 200;

/**
 * Submits a video to a campaign by its link. The clip is made unread: nothing is known of it until an admin has said yes
 * and the tracker has read it. A repeat with the same id answers with the submission that exists.
 *
 * @throws DomainError INVALID_LINK, NOT_FOUND, WRONG_STATE, CONFLICT, LIMIT_REACHED
 */
export function submitClip(deps: OperationDeps, actor: Actor, input: Submit): Promise<SubmissionStanding> {
  const at = deps.now();
  const id = input.id ?? newId();
  const link = readableLink(input.link);
  return withTransaction(deps.pool, async (tx) => {
    const repeated = await findSubmission(tx, id);
    if (repeated !== null) return answerRepeat(repeated, actor);
    const clip = await lockClipOf(tx, link, at);
    const campaign = await lockCampaign(tx, input.campaignId);
    await refuseUnlessOpen(tx, campaign, link.platform, at);
    const taken = await findLiveSubmission(tx, clip.id);
    if (taken !== null) throw alreadySubmitted(taken, actor);
    if ((await countPending(tx, actor.userId)) >= PENDING_MAX) {
      throw new DomainError(
        'LIMIT_REACHED',
        `${PENDING_MAX} of your clips wait for an answer: submit more when some have one.`,
      );
    }
    const socialAccountId = await findVerifiedAccount(tx, actor.userId, link.platform);
    await insertSubmission(tx, { id, clipId: clip.id, campaign, userId: actor.userId, socialAccountId, at });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'submission.submit',
      subjectKind: 'submission',
      subjectId: id,
      details: { campaignId: campaign.id, clipId: clip.id, url: link.canonicalUrl },
      at,
    });
    await announceSubmission(tx, id, at);
    return { id, clipId: clip.id, status: 'PENDING', approvalRequested: false };
  });
}

function readableLink(text: string): NamedClip {
  const link = parseClipLink(text);
  if (link.kind === 'clip') return link;
  throw new DomainError(
    'INVALID_LINK',
    `Open that short ${platformName(link.platform)} link and paste the full address it leads to.`,
  );
}

async function refuseUnlessOpen(tx: Tx, campaign: LockedCampaign, platform: Platform, at: Date): Promise<void> {
  const { platforms, deadline } = await readOffer(tx, campaign.id);
  if (campaign.status !== 'ACTIVE') throw new DomainError('WRONG_STATE', 'This campaign takes no clips now.');
  if (deadline !== null && deadline <= at)
    throw new DomainError('WRONG_STATE', 'The deadline of this campaign has passed.');
  refuseWhileClosing(campaign);
  if (!platforms.includes(platform)) {
    const wanted = platforms.map(platformName).join(', ');
    throw new DomainError(
      'INVALID_LINK',
      `This campaign takes clips from ${wanted}, not from ${platformName(platform)}.`,
    );
  }
}

function answerRepeat(submission: SubmissionRow, actor: Actor): SubmissionStanding {
  if (submission.userId !== actor.userId) throw new DomainError('CONFLICT', 'That id is taken.');
  return standingOf(submission);
}

function alreadySubmitted(submission: SubmissionRow, actor: Actor): DomainError {
  const who =
    submission.userId === actor.userId
      ? 'You have submitted this clip already.'
      : 'This clip has been submitted already.';
  return new DomainError('CONFLICT', who);
}

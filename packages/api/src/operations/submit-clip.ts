import { type NamedClip, parseClipLink } from '@clipmeter/core/clip-link';
import { DomainError } from '@clipmeter/core/domain-error';
import { appendAudit } from '@clipmeter/db/audit-log';
import { newId } from '@clipmeter/db/new-id';
import { takeAttempt } from '@clipmeter/db/rate-limit';
import { readSoon } from '@clipmeter/db/read-soon';
import { lockCampaign } from '@clipmeter/db/transact-campaign';
import {
  announceSubmission,
  countPending,
  findLiveSubmission,
  findSubmission,
  insertSubmission,
  lockClipOf,
} from '@clipmeter/db/transact-submission';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { alreadySubmitted } from '#src/operations/already-submitted.ts';
import { refuseUnlessOpen } from '#src/operations/refuse-unless-open.ts';
import { refuseWithoutAccount } from '#src/operations/refuse-without-account.ts';
import { answerRepeat, type LinkStanding, type SubmissionStanding } from '#src/operations/submission-standing.ts';
import { submitLink } from '#src/operations/submit-link.ts';

export interface Submit {
  id?: string | undefined;
  campaignId: string;
  link: string;
}

/** Submissions of one clipper that wait at a time. */
const PENDING_MAX = 200;

/**
 * Submits a video to a campaign by its link. A link that names its video is submitted at once; a short or share link is
 * recorded, and followed by the tracker. A repeat with the same id answers with what exists.
 *
 * @throws DomainError INVALID_LINK, NOT_FOUND, WRONG_STATE, CONFLICT, LIMIT_REACHED
 */
export async function submitClip(
  deps: OperationDeps,
  actor: Actor,
  { id = newId(), campaignId, link: text }: Submit,
): Promise<SubmissionStanding | LinkStanding> {
  const link = parseClipLink(text);
  return link.kind === 'clip'
    ? submitVideo(deps, actor, { id, campaignId, clip: link, isCounted: true })
    : submitLink(deps, actor, { id, campaignId, link });
}

/**
 * Submits a video and has the tracker read it at once: whose it is, when it was posted, what it shows.
 *
 * @throws DomainError INVALID_LINK, NOT_FOUND, WRONG_STATE, CONFLICT, LIMIT_REACHED
 */
export function submitVideo(
  deps: OperationDeps,
  actor: Actor,
  {
    id,
    campaignId,
    clip: link,
    isCounted = false,
  }: {
    id: string;
    campaignId: string;
    clip: NamedClip;
    /** Whether it counts against the clipper's limit; a short link did when it was submitted. */
    isCounted?: boolean;
  },
): Promise<SubmissionStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const repeated = await findSubmission(tx, id);
    if (repeated !== null) return answerRepeat(repeated, actor);
    const clip = await lockClipOf(tx, link, at);
    const campaign = await lockCampaign(tx, campaignId);
    await refuseUnlessOpen(tx, campaign, link.platform, at);
    const taken = await findLiveSubmission(tx, clip.id);
    if (taken !== null) throw alreadySubmitted(taken, actor);
    if ((await countPending(tx, actor.userId)) >= PENDING_MAX) {
      throw new DomainError(
        'LIMIT_REACHED',
        `${PENDING_MAX} of your clips wait for an answer: submit more when some have one.`,
      );
    }
    const socialAccountId = await refuseWithoutAccount(tx, actor.userId, link.platform);
    await readSoon(tx, clip, at);
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
    if (isCounted) await takeAttempt(tx, 'submit', actor.userId, at);
    return { id, clipId: clip.id, status: 'PENDING', approvalRequested: false };
  });
}

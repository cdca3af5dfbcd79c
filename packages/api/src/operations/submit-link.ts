import type { ShortLink } from '@clipmeter/core/clip-link';
import { DomainError } from '@clipmeter/core/domain-error';
import { appendAudit } from '@clipmeter/db/audit-log';
import {
  countWaitingLinks,
  findLinkResolution,
  insertLinkResolution,
  type LinkResolution,
} from '@clipmeter/db/link-resolution';
import { takeAttempt } from '@clipmeter/db/rate-limit';
import { lockCampaign } from '@clipmeter/db/transact-campaign';
import { findSubmission } from '@clipmeter/db/transact-submission';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { refuseUnlessOpen } from '#src/operations/refuse-unless-open.ts';
import { refuseWithoutAccount } from '#src/operations/refuse-without-account.ts';
import { answerRepeat, type LinkStanding, type SubmissionStanding } from '#src/operations/submission-standing.ts';

/** Links of one clipper that are being followed at a time. */
const WAITING_MAX = 20;

/**
 * Records a short or share link: the tracker follows it and then submits the video it leads to under the same id. What
 * can be refused now is refused now. A repeat with the same id answers with where it stands.
 *
 * @throws DomainError INVALID_LINK, NOT_FOUND, WRONG_STATE, CONFLICT, LIMIT_REACHED
 */
export function submitLink(
  deps: OperationDeps,
  actor: Actor,
  { id, campaignId, link }: { id: string; campaignId: string; link: ShortLink },
): Promise<LinkStanding | SubmissionStanding> {
  const at = deps.now();
  const { url, platform } = link;
  return withTransaction(deps.pool, async (tx) => {
    const submitted = await findSubmission(tx, id);
    if (submitted !== null) return answerRepeat(submitted, actor);
    const recorded = await findLinkResolution(tx, id);
    if (recorded !== null) return answerLink(recorded, actor);
    const campaign = await lockCampaign(tx, campaignId);
    await refuseUnlessOpen(tx, campaign, platform, at);
    await refuseWithoutAccount(tx, actor.userId, platform);
    if ((await countWaitingLinks(tx, actor.userId)) >= WAITING_MAX) {
      throw new DomainError('LIMIT_REACHED', `${WAITING_MAX} of your short links are being followed: wait a moment.`);
    }
    if (!(await insertLinkResolution(tx, { id, url, platform, userId: actor.userId, campaignId, at }))) {
      throw new DomainError('CONFLICT', 'That id is taken.');
    }
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'submission.followLink',
      subjectKind: 'submission',
      subjectId: id,
      details: { campaignId, url },
      at,
    });
    await takeAttempt(tx, 'submit', actor.userId, at);
    return { id, clipId: null, status: 'RESOLVING', approvalRequested: false };
  });
}

function answerLink(link: LinkResolution, actor: Actor): LinkStanding {
  if (link.userId !== actor.userId) throw new DomainError('CONFLICT', 'That id is taken.');
  if (link.status === 'FAILED') throw new DomainError('INVALID_LINK', link.reason ?? 'That link leads to no video.');
  return { id: link.id, clipId: null, status: 'RESOLVING', approvalRequested: false };
}

import { type ClipLink, parseClipLink } from '@clipmeter/core/clip-link';
import { DomainError } from '@clipmeter/core/domain-error';
import type { Platform } from '@clipmeter/core/platform';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { findOwnerOf, readTaking } from '@clipmeter/db/read-submit-choices';
import { findVerifiedAccount } from '@clipmeter/db/transact-submission';
import type { Tx } from '@clipmeter/db/transaction';
import type { SignedInContext } from '#src/context.ts';
import type { CheckLink } from '#src/input/my-submissions.ts';
import { alreadySubmitted } from '#src/operations/already-submitted.ts';
import { refuseUnlessOpen } from '#src/operations/refuse-unless-open.ts';
import { accountWanted } from '#src/operations/refuse-without-account.ts';

/**
 * Whether a link would be taken now, so that a clipper reads why not while they still type. Nothing is written, and what
 * counts is what submitting says.
 */
export function checkLink({ pool, viewer, now }: SignedInContext, { campaignId, link: text }: CheckLink) {
  return readSnapshot(pool, async (tx) => {
    let platform: Platform | null = null;
    try {
      const link = parseClipLink(text);
      if (campaignId != null) await refuseUnlessTaking(tx, campaignId, link.platform, now());
      await refuseIfTaken(tx, link, viewer.userId);
      platform = link.platform;
      if ((await findVerifiedAccount(tx, viewer.userId, platform)) === null) throw accountWanted(platform);
      return { refusal: null, needsAccount: null };
    } catch (error) {
      // Only the last thing that is asked sets the platform before it refuses.
      if (error instanceof DomainError) return { refusal: error.message, needsAccount: platform };
      throw error;
    }
  });
}

async function refuseUnlessTaking(tx: Tx, campaignId: string, platform: Platform, at: Date): Promise<void> {
  const campaign = await readTaking(tx, campaignId);
  if (campaign === null || campaign.status === 'DRAFT')
    throw new DomainError('NOT_FOUND', 'There is no such campaign.');
  await refuseUnlessOpen(tx, campaign, platform, at);
}

/** Where a short link leads is not known yet. */
async function refuseIfTaken(tx: Tx, link: ClipLink, userId: string): Promise<void> {
  const owner = link.kind === 'clip' ? await findOwnerOf(tx, link) : null;
  if (owner !== null) throw alreadySubmitted(owner, { userId });
}

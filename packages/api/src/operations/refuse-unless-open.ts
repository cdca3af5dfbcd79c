import type { CampaignStatus } from '@clipmeter/core/campaign-state';
import { DomainError } from '@clipmeter/core/domain-error';
import { type Platform, platformName } from '@clipmeter/core/platform';
import { readOffer } from '@clipmeter/db/transact-campaign';
import type { Tx } from '@clipmeter/db/transaction';
import { refuseWhileClosing } from '#src/operations/refuse-while-closing.ts';

const TAKES_NONE: Record<Exclude<CampaignStatus, 'ACTIVE'>, string> = {
  DRAFT: 'This campaign is not published yet.',
  SCHEDULED: 'This campaign has not started yet: it takes clips from its start on.',
  PAUSED: 'This campaign is paused: it takes no clips until it goes on.',
  COMPLETED: 'This campaign has ended: it takes no clips any more.',
  CANCELLED: 'This campaign was cancelled: it takes no clips any more.',
};

/**
 * A campaign takes clips of this platform now.
 *
 * @throws DomainError WRONG_STATE, INVALID_LINK
 */
export async function refuseUnlessOpen(
  tx: Tx,
  campaign: { readonly id: string; readonly status: CampaignStatus; readonly closingRoundId: string | null },
  platform: Platform,
  at: Date,
): Promise<void> {
  const { platforms, deadline } = await readOffer(tx, campaign.id);
  if (campaign.status !== 'ACTIVE') throw new DomainError('WRONG_STATE', TAKES_NONE[campaign.status]);
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

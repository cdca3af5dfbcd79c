import { formatDecimal, maxMicros, parseMicros } from '@clipmeter/core/money';
import type { CampaignPage } from '#src/client/outputs.ts';
import { applyToCard } from '#src/live/campaign-card.ts';
import type { Payload } from '#src/live/page-event.ts';

/** One campaign's page after its totals changed. */
export function applyToPage(page: CampaignPage, event: Payload<'campaign.changed'>): CampaignPage {
  const campaign = applyToCard(page.campaign, event);
  return campaign === page.campaign ? page : { ...page, campaign };
}

/**
 * The viewer's share after their balances changed. Until its release what is pending in a campaign is what was
 * credited there; the release empties it, and what was earned stays.
 */
export function applyMine(page: CampaignPage, event: Payload<'earnings.changed'>): CampaignPage {
  const pending = event.balances.find((each) => each.kind === 'pending' && each.campaignId === page.campaign.id);
  if (pending === undefined || pending.version <= page.mine.pendingVersion) return page;
  const credited = formatDecimal(maxMicros(parseMicros(page.mine.credited), parseMicros(pending.balance)));
  return {
    ...page,
    mine: { ...page.mine, credited, pending: pending.balance, pendingVersion: pending.version },
  };
}

import type { CampaignStatus } from '@clipmeter/core/campaign-state';

/** Where a campaign stands after an operation. */
export interface CampaignStanding {
  id: string;
  status: CampaignStatus;
  /** A closing round is open. */
  closing: boolean;
}

export function standingOf(campaign: {
  id: string;
  status: CampaignStatus;
  closingRoundId: string | null;
}): CampaignStanding {
  return { id: campaign.id, status: campaign.status, closing: campaign.closingRoundId !== null };
}

import type { CampaignCard } from '#src/client/outputs.ts';

export const CAMPAIGN_FILTERS = ['active', 'upcoming', 'completed'] as const;
export type CampaignFilter = (typeof CAMPAIGN_FILTERS)[number];

export const FILTER_WORDS: Record<CampaignFilter, string> = {
  active: 'Active',
  upcoming: 'Upcoming',
  completed: 'Completed',
};

const STATUSES: Record<CampaignFilter, CampaignCard['status'][]> = {
  active: ['ACTIVE', 'PAUSED'],
  upcoming: ['SCHEDULED', 'DRAFT'],
  completed: ['COMPLETED', 'CANCELLED'],
};

const PAGE_SIZE = 24;

/** What the list asks for: the same on the server and in the browser, or the page would be fetched twice. */
export function campaignListInput(filter: CampaignFilter) {
  return { status: STATUSES[filter], limit: PAGE_SIZE };
}

export function isCampaignFilter(text: unknown): text is CampaignFilter {
  return CAMPAIGN_FILTERS.some((filter) => filter === text);
}

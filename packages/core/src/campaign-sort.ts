/** The orders that lists of campaigns have. */
export const CAMPAIGN_SORTS = ['newest', 'ending', 'rate', 'left'] as const;
export type CampaignSort = (typeof CAMPAIGN_SORTS)[number];

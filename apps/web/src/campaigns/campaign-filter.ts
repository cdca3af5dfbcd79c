import { CAMPAIGN_SORTS } from '@clipmeter/core/campaign-sort';
import { PLATFORMS } from '@clipmeter/core/platform';
import { createLoader, type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { CampaignCard, Viewer } from '#src/client/outputs.ts';

const SHOWN = ['active', 'upcoming', 'completed', 'archived'] as const;
export type CampaignsShown = (typeof SHOWN)[number];

/** "At least so many dollars for 1,000 views." */
export const LEAST_RATES = ['1', '2', '3', '5'] as const;

/** What the list of campaigns shows; all of it lives in the URL. */
export const campaignFilterParsers = {
  show: parseAsStringLiteral(SHOWN).withDefault('active'),
  platform: parseAsStringLiteral(PLATFORMS),
  rate: parseAsStringLiteral(LEAST_RATES),
  sort: parseAsStringLiteral(CAMPAIGN_SORTS).withDefault('newest'),
  q: parseAsString.withDefault(''),
};
export type CampaignFilter = inferParserType<typeof campaignFilterParsers>;

export const loadCampaignFilter = createLoader(campaignFilterParsers);

export const SHOWN_WORDS: Record<CampaignsShown, string> = {
  active: 'Active',
  upcoming: 'Upcoming',
  completed: 'Completed',
  archived: 'Archived',
};

/** What is archived is for admins. */
export function shownTo(role: Viewer['role']): readonly CampaignsShown[] {
  return role === 'ADMIN' ? SHOWN : SHOWN.filter((shown) => shown !== 'archived');
}

const STATUSES: Record<CampaignsShown, CampaignCard['status'][]> = {
  active: ['ACTIVE', 'PAUSED'],
  upcoming: ['SCHEDULED', 'DRAFT'],
  completed: ['COMPLETED', 'CANCELLED'],
  archived: ['DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED'],
};

const PAGE_SIZE = 24;

/** What the list asks for: the same on the server and in the browser, or the page would be fetched twice. */
export function campaignListInput({ show, platform, rate, sort, q }: CampaignFilter) {
  return {
    status: STATUSES[show],
    archived: show === 'archived',
    sort,
    limit: PAGE_SIZE,
    ...(platform !== null && { platform }),
    ...(rate !== null && { leastRate: rate }),
    ...(q.trim() !== '' && { search: q.trim().slice(0, 100) }),
  };
}

/** Whether anything is left out but what the tab says. */
export function isNarrowed({ platform, rate, q }: CampaignFilter): boolean {
  return platform !== null || rate !== null || q.trim() !== '';
}

/** Whether a campaign of this status would be under the tab. */
export function isShown({ show }: CampaignFilter, status: CampaignCard['status']): boolean {
  return show !== 'archived' && STATUSES[show].includes(status);
}

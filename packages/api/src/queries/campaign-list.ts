import { CAMPAIGN_STATUSES } from '@clipmeter/core/campaign-state';
import { parseMicros } from '@clipmeter/core/money';
import { browseCampaigns } from '@clipmeter/db/browse-campaigns';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';
import type { CampaignListInput } from '#src/input/campaign.ts';
import { toCampaignCard } from '#src/output/campaign-card.ts';
import { formatSortedPlace, parseSortedPlace } from '#src/sorted-place.ts';

/** Campaigns that the viewer may see, in the order asked for, a page at a time. */
export function campaignList({ pool, viewer }: SignedInContext, input: CampaignListInput) {
  const visible = CAMPAIGN_STATUSES.filter((status) => viewer.role === 'ADMIN' || status !== 'DRAFT');
  const after = parseSortedPlace(input.cursor, input.sort);
  return readSnapshot(pool, async (tx) => {
    const found = await browseCampaigns(tx, {
      statuses: visible.filter((status) => input.status?.includes(status) ?? true),
      archived: viewer.role === 'ADMIN' && input.archived,
      platform: input.platform ?? null,
      leastRateMicros: input.leastRate === undefined ? null : parseMicros(input.leastRate),
      search: input.search || null,
      sort: input.sort,
      after,
      limit: input.limit + 1,
    });
    const page = found.slice(0, input.limit);
    const last = page.at(-1);
    return {
      items: page.map(({ row }) => toCampaignCard(row)),
      nextCursor: found.length > page.length && last !== undefined ? formatSortedPlace(input.sort, last.place) : null,
    };
  });
}

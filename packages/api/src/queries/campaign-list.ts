import { CAMPAIGN_STATUSES } from '@clipmeter/core/campaign-state';
import { readCampaigns } from '@clipmeter/db/read-campaigns';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';
import type { CampaignListInput } from '#src/input/campaign.ts';
import { toCampaignCard } from '#src/output/campaign-card.ts';
import { pageOf, parsePlace } from '#src/page-cursor.ts';

/** Campaigns that the viewer may see, newest first, a page at a time. */
export function campaignList({ pool, viewer }: SignedInContext, input: CampaignListInput) {
  const visible = CAMPAIGN_STATUSES.filter((status) => viewer.role === 'ADMIN' || status !== 'DRAFT');
  const after = parsePlace(input.cursor);
  return readSnapshot(pool, async (tx) => {
    const rows = await readCampaigns(tx, {
      statuses: visible.filter((status) => input.status?.includes(status) ?? true),
      platform: input.platform ?? null,
      search: input.search || null,
      archived: viewer.role === 'ADMIN' && input.archived,
      after,
      limit: input.limit + 1,
    });
    const { items, nextCursor } = pageOf(rows, input.limit, (row) => row);
    return { items: items.map(toCampaignCard), nextCursor };
  });
}

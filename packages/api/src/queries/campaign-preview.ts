import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { ApiContext } from '#src/context.ts';
import { toCampaignCard } from '#src/output/campaign-card.ts';
import { visibleCampaign } from '#src/queries/visible-campaign.ts';

/** What a stranger with the link sees of a campaign: its offer and its rules, nobody's clips or earnings. */
export function campaignPreview({ pool }: ApiContext, { id }: { id: string }) {
  return readSnapshot(pool, async (tx) => {
    const row = await visibleCampaign(tx, null, id);
    const { description, requirements, capPerClip, minViews } = row;
    return { campaign: { ...toCampaignCard(row), description, requirements, capPerClip, minViews } };
  });
}

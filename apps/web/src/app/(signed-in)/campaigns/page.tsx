import type { Metadata } from 'next';
import { campaignListInput, isCampaignFilter } from '#src/campaigns/campaign-filter.ts';
import { CampaignsScreen } from '#src/campaigns/campaigns-screen.tsx';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Campaigns' };

interface CampaignsPageProps {
  searchParams: Promise<{ show?: string | string[] }>;
}

export default async function CampaignsPage({ searchParams }: CampaignsPageProps) {
  await requireViewer();
  const { show } = await searchParams;
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.campaigns.list.prefetchInfinite(campaignListInput(isCampaignFilter(show) ? show : 'active'));
  return (
    <HydrateClient>
      <CampaignsScreen />
    </HydrateClient>
  );
}

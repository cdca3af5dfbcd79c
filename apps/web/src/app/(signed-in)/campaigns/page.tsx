import type { Metadata } from 'next';
import { campaignListInput, loadCampaignFilter } from '#src/campaigns/campaign-filter.ts';
import { CampaignsScreen } from '#src/campaigns/campaigns-screen.tsx';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Campaigns' };

interface CampaignsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function CampaignsPage({ searchParams }: CampaignsPageProps) {
  const { role } = await requireViewer();
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.campaigns.list.prefetchInfinite(campaignListInput(await loadCampaignFilter(searchParams)));
  return (
    <HydrateClient>
      <CampaignsScreen role={role} />
    </HydrateClient>
  );
}

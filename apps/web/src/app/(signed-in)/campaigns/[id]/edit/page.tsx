import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EditCampaignScreen } from '#src/campaign-form/edit-campaign-screen.tsx';
import { isNotFound } from '#src/server/is-not-found.ts';
import { requireAdmin } from '#src/server/require-viewer.ts';
import { prefetcher, serverCaller } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Edit campaign' };

interface EditCampaignPageProps {
  params: Promise<{ id: string }>;
}

export default async function EditCampaignPage({ params }: EditCampaignPageProps) {
  await requireAdmin();
  const { id } = await params;
  await refuseUnknown(id);
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.campaigns.byId.prefetch({ id });
  return (
    <HydrateClient>
      <EditCampaignScreen id={id} />
    </HydrateClient>
  );
}

async function refuseUnknown(id: string): Promise<void> {
  try {
    await (await serverCaller()).campaigns.byId({ id });
  } catch (error) {
    if (isNotFound(error)) notFound();
    throw error;
  }
}

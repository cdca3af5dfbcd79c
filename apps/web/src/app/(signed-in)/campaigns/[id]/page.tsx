import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CampaignScreen } from '#src/campaign/campaign-screen.tsx';
import { CLIPS_SHOWN } from '#src/campaign/clips-shown.ts';
import { isNotFound } from '#src/server/is-not-found.ts';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher, serverCaller } from '#src/server/server-trpc.ts';

interface CampaignPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: CampaignPageProps): Promise<Metadata> {
  const { id } = await params;
  return { title: await titleOf(id) };
}

export default async function CampaignPage({ params }: CampaignPageProps) {
  const viewer = await requireViewer();
  const { id } = await params;
  if ((await titleOf(id)) === undefined) notFound();
  const { trpc, HydrateClient } = await prefetcher();
  await Promise.all([trpc.campaigns.byId.prefetch({ id }), trpc.campaigns.clips.prefetch({ id, limit: CLIPS_SHOWN })]);
  return (
    <HydrateClient>
      <CampaignScreen id={id} role={viewer.role} />
    </HydrateClient>
  );
}

/** Undefined when there is no such campaign, or it is not open to the viewer. Other failures are the page's. */
async function titleOf(id: string): Promise<string | undefined> {
  try {
    return (await (await serverCaller()).campaigns.byId({ id })).campaign.title;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

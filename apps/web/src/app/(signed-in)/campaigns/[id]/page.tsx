import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { CampaignPreview } from '#src/campaign/campaign-preview.tsx';
import { CampaignScreen } from '#src/campaign/campaign-screen.tsx';
import { CLIPS_SHOWN } from '#src/campaign/clips-shown.ts';
import { rateText } from '#src/format/rate.ts';
import { env } from '#src/server/env.ts';
import { isNotFound } from '#src/server/is-not-found.ts';
import { prefetcher, serverCaller } from '#src/server/server-trpc.ts';
import { currentSession } from '#src/server/session.ts';
import { viewsAreSimulated } from '#src/server/views-source.ts';

interface CampaignPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: CampaignPageProps): Promise<Metadata> {
  const { id } = await params;
  const campaign = await offerOf(id);
  if (campaign === undefined) return {};
  const { title, brand, imageId } = campaign;
  const description = `${brand} pays ${rateText(campaign)} per 1,000 views.`;
  const { PUBLIC_URL } = env();
  return {
    title,
    description,
    openGraph: { title, description, ...(imageId !== null && { images: [`/api/images/${imageId}`] }) },
    // Who unfurls the link wants whole addresses.
    ...(PUBLIC_URL !== undefined && { metadataBase: new URL(PUBLIC_URL) }),
  };
}

/** The campaign; to strangers, who were sent its link, a preview with a way in that ends here. */
export default async function CampaignPage({ params }: CampaignPageProps) {
  const { id } = await params;
  const campaign = await offerOf(id);
  if (campaign === undefined) notFound();
  const { viewer } = await currentSession();
  if (viewer === null) return <CampaignPreview campaign={campaign} simulated={await viewsAreSimulated()} />;
  const { trpc, HydrateClient } = await prefetcher();
  await Promise.all([trpc.campaigns.byId.prefetch({ id }), trpc.campaigns.clips.prefetch({ id, limit: CLIPS_SHOWN })]);
  return (
    <HydrateClient>
      <CampaignScreen id={id} role={viewer.role} />
    </HydrateClient>
  );
}

/** Undefined when there is no such campaign, or it is not open to the viewer. Other failures are the page's. */
const offerOf = cache(async (id: string) => {
  try {
    const { viewer } = await currentSession();
    const caller = await serverCaller();
    const { campaign } = await (viewer === null ? caller.campaigns.preview({ id }) : caller.campaigns.byId({ id }));
    return campaign;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
});

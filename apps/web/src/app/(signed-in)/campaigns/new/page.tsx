import type { Metadata } from 'next';
import { NewCampaignScreen } from '#src/campaign-form/new-campaign-screen.tsx';
import { requireAdmin } from '#src/server/require-viewer.ts';

export const metadata: Metadata = { title: 'New campaign' };

export default async function NewCampaignPage() {
  await requireAdmin();
  return <NewCampaignScreen />;
}

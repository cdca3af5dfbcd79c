import type { Metadata } from 'next';
import { MailChoicesScreen } from '#src/alerts/mail-choices-screen.tsx';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Alert preferences' };

export default async function MailChoicesPage() {
  await requireViewer();
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.notifications.mailChoices.prefetch();
  return (
    <HydrateClient>
      <MailChoicesScreen />
    </HydrateClient>
  );
}

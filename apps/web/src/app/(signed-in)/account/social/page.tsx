import type { Metadata } from 'next';
import { env } from '#src/server/env.ts';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';
import { SocialAccountsScreen } from '#src/social/social-accounts-screen.tsx';

export const metadata: Metadata = { title: 'Social accounts' };

export default async function SocialAccountsPage() {
  await requireViewer();
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.socialAccounts.list.prefetch();
  return (
    <HydrateClient>
      <SocialAccountsScreen simulatorUrl={env().SIMULATOR_URL ?? null} />
    </HydrateClient>
  );
}

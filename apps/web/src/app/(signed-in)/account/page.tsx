import type { Metadata } from 'next';
import { ProfileScreen } from '#src/account/profile-screen.tsx';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Profile' };

export default async function ProfilePage() {
  await requireViewer();
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.account.profile.prefetch();
  return (
    <HydrateClient>
      <ProfileScreen />
    </HydrateClient>
  );
}

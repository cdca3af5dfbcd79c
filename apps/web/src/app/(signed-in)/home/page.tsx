import type { Metadata } from 'next';
import { HomeScreen } from '#src/home/home-screen.tsx';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Home' };

export default async function HomePage() {
  await requireViewer();
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.me.summary.prefetch();
  return (
    <HydrateClient>
      <HomeScreen />
    </HydrateClient>
  );
}

import type { Metadata } from 'next';
import { HomeScreen } from '#src/home/home-screen.tsx';
import { MY_CLIPS_INPUT } from '#src/home/my-clips-input.ts';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Home' };

export default async function HomePage() {
  await requireViewer();
  const { trpc, HydrateClient } = await prefetcher();
  await Promise.all([
    trpc.firstRun.clipper.prefetch(),
    trpc.me.summary.prefetch(),
    trpc.me.clips.prefetchInfinite(MY_CLIPS_INPUT),
  ]);
  return (
    <HydrateClient>
      <HomeScreen />
    </HydrateClient>
  );
}

import type { Metadata } from 'next';
import { requireAdmin } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';
import { TrackerScreen } from '#src/tracker/tracker-screen.tsx';

export const metadata: Metadata = { title: 'Tracker' };

export default async function TrackerPage() {
  await requireAdmin();
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.tracker.overview.prefetch();
  return (
    <HydrateClient>
      <TrackerScreen />
    </HydrateClient>
  );
}

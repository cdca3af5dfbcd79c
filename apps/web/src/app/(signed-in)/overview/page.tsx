import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { activityInput, loadActivityFilter } from '#src/overview/activity-filter.ts';
import { OverviewScreen } from '#src/overview/overview-screen.tsx';
import { requireAdmin } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireAdmin();
  const { activity } = await loadActivityFilter(searchParams);
  const { trpc, HydrateClient } = await prefetcher();
  await Promise.all([
    trpc.firstRun.admin.prefetch(),
    trpc.overview.figures.prefetch(),
    trpc.overview.activity.prefetchInfinite(activityInput(activity)),
  ]);
  return (
    <HydrateClient>
      <OverviewScreen />
    </HydrateClient>
  );
}

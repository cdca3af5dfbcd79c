import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { alertListInput, loadAlertFilter } from '#src/alerts/alert-filter.ts';
import { AlertsScreen } from '#src/alerts/alerts-screen.tsx';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Alerts' };

export default async function AlertsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer();
  const filter = await loadAlertFilter(searchParams);
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.notifications.list.prefetchInfinite(alertListInput(filter));
  return (
    <HydrateClient>
      <AlertsScreen role={viewer.role} />
    </HydrateClient>
  );
}

import { NOTICE_GROUPS } from '@clipmeter/core/notice-kind';
import type { Metadata } from 'next';
import { alertListInput } from '#src/alerts/alert-filter.ts';
import { AlertsScreen } from '#src/alerts/alerts-screen.tsx';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Alerts' };

interface AlertsPageProps {
  searchParams: Promise<{ kind?: string | string[]; unread?: string | string[] }>;
}

export default async function AlertsPage({ searchParams }: AlertsPageProps) {
  const viewer = await requireViewer();
  const { kind, unread } = await searchParams;
  const { trpc, HydrateClient } = await prefetcher();
  const filter = { group: NOTICE_GROUPS.find((group) => group === kind) ?? null, unreadOnly: unread === 'true' };
  await trpc.notifications.list.prefetchInfinite(alertListInput(filter));
  return (
    <HydrateClient>
      <AlertsScreen role={viewer.role} />
    </HydrateClient>
  );
}

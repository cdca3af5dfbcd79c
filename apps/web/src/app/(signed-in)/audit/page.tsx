import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { auditChoicesInput, auditListInput, loadAuditFilter } from '#src/audit/audit-filter.ts';
import { AuditScreen } from '#src/audit/audit-screen.tsx';
import { requireAdmin } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Audit log' };

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireAdmin();
  const filter = await loadAuditFilter(searchParams);
  const { trpc, HydrateClient } = await prefetcher();
  await Promise.all([
    trpc.audit.list.prefetchInfinite(auditListInput(filter)),
    trpc.audit.choices.prefetch(auditChoicesInput(filter)),
  ]);
  return (
    <HydrateClient>
      <AuditScreen />
    </HydrateClient>
  );
}

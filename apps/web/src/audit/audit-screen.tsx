'use client';

import { Button } from '@clipmeter/ui/button';
import { Card } from '@clipmeter/ui/card';
import { DataTable } from '@clipmeter/ui/data-table';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { MoreRows } from '@clipmeter/ui/more-rows';
import { NewRows } from '@clipmeter/ui/new-rows';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { useQueryStates } from 'nuqs';
import { useRef } from 'react';
import { auditColumns } from '#src/audit/audit-columns.tsx';
import { auditFilterParsers, isNarrowed } from '#src/audit/audit-filter.ts';
import { AuditFilters } from '#src/audit/audit-filters.tsx';
import { useLiveAudit } from '#src/audit/use-live-audit.ts';
import type { AuditEntry } from '#src/client/outputs.ts';
import { useHeldTop } from '#src/client/use-held-top.ts';
import { PageHeader } from '#src/frame/page-header.tsx';

/** Who did what, and what was before and after. The filter lives in the URL. */
export function AuditScreen() {
  const [filter, setFilter] = useQueryStates(auditFilterParsers);
  const query = useLiveAudit(filter);
  const entries = query.data?.pages.flatMap((page) => page.items);
  const columns = auditColumns({ narrow: (to) => void setFilter(to) });
  const about = filter.about === null ? undefined : entries?.find((entry) => entry.subjectId === filter.about);
  const showAll = () => void setFilter({ q: '', act: null, who: null, about: null });

  return (
    <>
      <PageHeader title="Audit log" />
      <AuditFilters
        filter={filter}
        onChange={(change) => void setFilter(change)}
        aboutName={about?.subjectName ?? null}
      />
      {entries === undefined ? (
        <Unloaded query={query} />
      ) : (
        <Entries entries={entries} columns={columns}>
          {isNarrowed(filter) ? (
            <EmptyState action={<Button onClick={showAll}>Show everything</Button>}>
              Nothing in the log is like that.
            </EmptyState>
          ) : (
            <EmptyState>Nothing was done yet. What admins and clippers do is kept here for good.</EmptyState>
          )}
        </Entries>
      )}
      <MoreRows label="Show older" query={query} />
    </>
  );
}

interface EntriesProps {
  entries: AuditEntry[];
  columns: ReturnType<typeof auditColumns>;
  /** What is said when there are none. */
  children: React.ReactNode;
}

function Entries({ entries, columns, children }: EntriesProps) {
  const list = useRef<HTMLDivElement>(null);
  const { shown, waiting, release } = useHeldTop(entries, list);
  return (
    <div ref={list}>
      <NewRows count={waiting} onShow={release} />
      <Card flush>
        {shown.length === 0 ? (
          children
        ) : (
          <DataTable label="Audit log" columns={columns} rows={shown} rowKey={(entry) => entry.id} />
        )}
      </Card>
    </div>
  );
}

function Unloaded({ query }: { query: ReturnType<typeof useLiveAudit> }) {
  if (!query.isError) return <SkeletonRows rows={12} className="rounded-lg border" />;
  return (
    <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
      The audit log could not be loaded. {query.error.message}
    </ErrorState>
  );
}

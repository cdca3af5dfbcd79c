'use client';

import { NOTICE_GROUPS, noticeGroupsFor, noticeGroupWords } from '@clipmeter/core/notice-kind';
import { Button } from '@clipmeter/ui/button';
import { buttonClass } from '@clipmeter/ui/button-class';
import { Card } from '@clipmeter/ui/card';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { FilterSelect } from '@clipmeter/ui/filter-select';
import { MoreRows } from '@clipmeter/ui/more-rows';
import { NewRows } from '@clipmeter/ui/new-rows';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton, SkeletonRows } from '@clipmeter/ui/skeleton';
import { Settings2 } from 'lucide-react';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useRef } from 'react';
import { alertFilterParsers } from '#src/alerts/alert-filter.ts';
import { AlertItem } from '#src/alerts/alert-item.tsx';
import { useLiveAlerts } from '#src/alerts/use-live-alerts.ts';
import { useMarkRead } from '#src/alerts/use-mark-read.ts';
import type { AlertRow, Viewer } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { useHeldTop } from '#src/client/use-held-top.ts';
import { PageHeader } from '#src/frame/page-header.tsx';

/** What the viewer was told, newest first. The filter lives in the URL. */
export function AlertsScreen({ role }: { role: Viewer['role'] }) {
  const [filter, setFilter] = useQueryStates(alertFilterParsers);
  const { query, markSeen } = useLiveAlerts(filter);
  const { markRead, markAllRead } = useMarkRead(markSeen);
  const unread = trpc.notifications.unread.useQuery().data?.unread;
  const alerts = query.data?.pages.flatMap((page) => page.items);
  const newest = filter.about === null ? (alerts?.[0]?.createdAt ?? null) : null;

  return (
    <>
      <PageHeader
        title="Alerts"
        figure={
          unread === undefined ? <Skeleton className="h-10 w-16" /> : <RollingNumber value={unread} kind="count" />
        }
        figureLabel="unread"
        action={
          <div className="flex flex-wrap gap-2">
            <Link href="/account/alerts" className={buttonClass('secondary')}>
              <Settings2 aria-hidden className="size-4" />
              Mail preferences
            </Link>
            <Button onClick={() => markAllRead(newest)} disabled={unread === undefined || unread === 0}>
              Mark all as read
            </Button>
          </div>
        }
      />
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <FilterSelect
          label="About"
          value={filter.about ?? ''}
          options={[
            { value: '', label: 'About everything' },
            ...noticeGroupsFor(role).map((group) => ({ value: group, label: noticeGroupWords(group).label })),
          ]}
          onChange={(value) => void setFilter({ about: NOTICE_GROUPS.find((group) => group === value) ?? null })}
        />
        <label className="flex min-h-11 items-center gap-2 text-sm sm:min-h-9 pointer-coarse:min-h-11">
          <input
            type="checkbox"
            checked={filter.unread}
            onChange={(event) => void setFilter({ unread: event.target.checked })}
            className="size-4 accent-accent"
          />
          Only unread
        </label>
      </div>
      <AlertList query={query} alerts={alerts} filtered={filter.about !== null || filter.unread} onRead={markRead} />
    </>
  );
}

interface AlertListProps {
  query: ReturnType<typeof useLiveAlerts>['query'];
  alerts: AlertRow[] | undefined;
  filtered: boolean;
  onRead: (alert: AlertRow) => void;
}

function AlertList({ query, alerts, filtered, onRead }: AlertListProps) {
  const list = useRef<HTMLDivElement>(null);
  const { shown, waiting, release } = useHeldTop(alerts ?? [], list);
  return (
    <div ref={list}>
      <NewRows count={waiting} onShow={release} />
      {alerts === undefined ? <Unloaded query={query} /> : null}
      {alerts?.length === 0 ? (
        <Card flush>
          <EmptyState>
            {filtered
              ? 'Nothing here matches. Show everything, or read ones too.'
              : 'Nothing yet. What happens to your clips and campaigns is told here, as it happens.'}
          </EmptyState>
        </Card>
      ) : null}
      {shown.length === 0 ? null : (
        <Card flush>
          <ul aria-label="Alerts">
            {shown.map((alert) => (
              <AlertItem key={alert.id} alert={alert} onRead={() => onRead(alert)} />
            ))}
          </ul>
        </Card>
      )}
      <MoreRows label="Show older" query={query} />
    </div>
  );
}

function Unloaded({ query }: Pick<AlertListProps, 'query'>) {
  if (!query.isError) return <SkeletonRows rows={8} className="rounded-lg border" />;
  return (
    <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
      Your alerts could not be loaded. {query.error.message}
    </ErrorState>
  );
}

'use client';

import { formatUsd, parseMicros } from '@clipmeter/core/money';
import { buttonClass } from '@clipmeter/ui/button-class';
import { ErrorState } from '@clipmeter/ui/error-state';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton } from '@clipmeter/ui/skeleton';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import type { Overview } from '#src/client/outputs.ts';
import { AdminFirstRun } from '#src/first-run/admin-first-run.tsx';
import { decimal } from '#src/format/decimal.ts';
import { PageHeader } from '#src/frame/page-header.tsx';
import { ActivityCard } from '#src/overview/activity-card.tsx';
import { activityParsers } from '#src/overview/activity-filter.ts';
import { AlertsCard } from '#src/overview/alerts-card.tsx';
import { Figures } from '#src/overview/figures.tsx';
import { QueuesCard } from '#src/overview/queues-card.tsx';
import { useLiveOverview } from '#src/overview/use-live-overview.ts';

/** What an admin answers for: spend and what it bought, what waits, what is wrong, what happens. */
export function OverviewScreen() {
  const [{ activity: show }, setFilter] = useQueryStates(activityParsers);
  const { figures, activity } = useLiveOverview(show);
  const { data } = figures;
  if (data === undefined && figures.isError) {
    return (
      <ErrorState onRetry={() => void figures.refetch()} retrying={figures.isRefetching}>
        The overview could not be loaded. {figures.error.message}
      </ErrorState>
    );
  }
  return (
    <>
      <PageHeader
        title="Overview"
        figure={
          data === undefined ? (
            <Skeleton className="h-10 w-48" />
          ) : (
            <RollingNumber value={decimal(data.spent)} kind="usd" />
          )
        }
        figureLabel={data === undefined ? 'spent' : spentLabel(data)}
        action={
          <Link href="/campaigns/new" className={buttonClass('primary')}>
            <Plus aria-hidden className="size-4" />
            Create campaign
          </Link>
        }
      />
      <div className="flex flex-col gap-5">
        <AdminFirstRun />
        <Figures overview={data} />
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="flex flex-col gap-5 lg:order-last">
            <QueuesCard overview={data} />
            <AlertsCard alerts={data?.alerts} />
          </div>
          <ActivityCard query={activity} show={show} onShow={(next) => void setFilter({ activity: next })} />
        </div>
      </div>
    </>
  );
}

function spentLabel({ spentToday, left }: Overview): string {
  return `spent in all, ${formatUsd(parseMicros(spentToday))} of it in the last 24 hours; ${formatUsd(parseMicros(left))} left to earn`;
}

'use client';

import { ErrorState } from '@clipmeter/ui/error-state';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton } from '@clipmeter/ui/skeleton';
import { ClipperFirstRun } from '#src/first-run/clipper-first-run.tsx';
import { decimal } from '#src/format/decimal.ts';
import { PageHeader } from '#src/frame/page-header.tsx';
import { Balances } from '#src/home/balances.tsx';
import { EarningsChart } from '#src/home/earnings-chart.tsx';
import { MyClips } from '#src/home/my-clips.tsx';
import { PendingCard } from '#src/home/pending-card.tsx';
import { useLiveHome } from '#src/home/use-live-home.ts';

/** How much, and is it still moving: a clipper's balances, clips and their curve. */
export function HomeScreen() {
  const { summary, clips } = useLiveHome();
  const { data } = summary;
  if (data === undefined && summary.isError) {
    return (
      <ErrorState onRetry={() => void summary.refetch()} retrying={summary.isRefetching}>
        Your earnings could not be loaded. {summary.error.message}
      </ErrorState>
    );
  }
  return (
    <>
      <PageHeader
        title="Home"
        figure={
          data === undefined ? (
            <Skeleton className="h-10 w-40" />
          ) : (
            <RollingNumber value={decimal(data.available)} kind="usd" />
          )
        }
        figureLabel="available: released from campaigns that ended, yours to be paid out"
      />
      <div className="flex flex-col gap-5">
        <ClipperFirstRun />
        <Balances summary={data} />
        {data === undefined ? null : <PendingCard summary={data} />}
        {data?.totals.clips === 0 ? null : <EarningsChart />}
        <MyClips query={clips} totals={data?.totals} />
      </div>
    </>
  );
}

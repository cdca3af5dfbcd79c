'use client';

import { Card } from '@clipmeter/ui/card';
import { DataTable } from '@clipmeter/ui/data-table';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton, SkeletonRows } from '@clipmeter/ui/skeleton';
import Link from 'next/link';
import type { Summary } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';
import { PageHeader } from '#src/frame/page-header.tsx';
import { MY_CLIP_COLUMNS } from '#src/home/my-clip-columns.tsx';
import { useLiveSummary } from '#src/home/use-live-summary.ts';

/** How much, and is it still moving: a clipper's balances and clips. */
export function HomeScreen() {
  const query = useLiveSummary();
  const { data } = query;
  if (data === undefined && query.isError) {
    return (
      <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
        Your earnings could not be loaded. {query.error.message}
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
        figureLabel="available"
      />
      <div className="flex flex-col gap-5">
        <Balances summary={data} />
        <MyClips summary={data} />
      </div>
    </>
  );
}

function Balances({ summary }: { summary: Summary | undefined }) {
  const balances = [
    { name: 'Pending', hint: 'until its campaign ends', value: summary?.pending },
    { name: 'In payout', hint: 'requested', value: summary?.reserved },
    { name: 'Paid', hint: 'in all', value: summary?.paid },
  ];
  return (
    <dl className="grid divide-y rounded-lg border bg-surface sm:grid-cols-3 sm:divide-x sm:divide-y-0">
      {balances.map(({ name, hint, value }) => (
        <div key={name} className="flex items-baseline justify-between gap-4 px-4 py-3.5 sm:block sm:px-5 sm:py-4">
          <dt className="text-[0.8125rem] text-muted">
            {name} <span className="text-faint">· {hint}</span>
          </dt>
          <dd className="font-semibold text-lg tracking-tight sm:mt-1 sm:text-xl">
            {value === undefined ? (
              <Skeleton className="h-6 w-24" />
            ) : (
              <RollingNumber value={decimal(value)} kind="usd" />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function MyClips({ summary }: { summary: Summary | undefined }) {
  return (
    <Card flush title="Your clips">
      {summary === undefined ? (
        <SkeletonRows rows={4} />
      ) : summary.clips.length === 0 ? (
        <EmptyState
          action={
            <Link href="/campaigns" className="text-accent text-sm hover:underline">
              See the campaigns that are running
            </Link>
          }
        >
          You have no clips yet. What they earn shows here, view by view.
        </EmptyState>
      ) : (
        <DataTable
          label="Your clips"
          columns={MY_CLIP_COLUMNS}
          rows={summary.clips}
          rowKey={(clip) => clip.submissionId}
          rowVersion={(clip) => `${clip.views} ${clip.credited}`}
        />
      )}
    </Card>
  );
}

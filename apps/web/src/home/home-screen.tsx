'use client';

import { Card } from '@clipmeter/ui/card';
import { type Column, DataTable } from '@clipmeter/ui/data-table';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton, SkeletonRows } from '@clipmeter/ui/skeleton';
import Link from 'next/link';
import { ClipStatus } from '#src/campaign/clip-status.tsx';
import type { Summary } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';
import { PageHeader } from '#src/frame/page-header.tsx';
import { useLiveSummary } from '#src/home/use-live-summary.ts';

type MyClip = Summary['clips'][number];

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
        <MyClips clips={data?.clips} />
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

const COLUMNS: Column<MyClip>[] = [
  {
    id: 'clip',
    header: 'Clip',
    phone: 'lead',
    className: 'sm:max-w-80',
    cell: (clip) => (
      <a href={clip.url} target="_blank" rel="noreferrer" className="block truncate py-1 hover:underline">
        {clip.title ?? 'Untitled clip'}
      </a>
    ),
  },
  {
    id: 'campaign',
    header: 'Campaign',
    phone: 'detail',
    className: 'text-muted max-sm:text-[0.8125rem] sm:max-w-56',
    cell: (clip) => (
      <Link href={`/campaigns/${clip.campaignId}`} className="block truncate py-1 hover:text-ink hover:underline">
        {clip.campaignTitle}
      </Link>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    className: 'max-md:hidden',
    cell: (clip) => (
      <span title={clip.approvalBlocked ?? undefined}>
        <ClipStatus clip={clip} />
      </span>
    ),
  },
  {
    id: 'views',
    header: 'Views',
    align: 'right',
    phone: 'detail-end',
    className: 'max-sm:text-[0.8125rem] max-sm:text-muted',
    cell: (clip) => <RollingNumber value={clip.views} kind="count" />,
  },
  {
    id: 'earned',
    header: 'Earned',
    align: 'right',
    phone: 'lead-end',
    className: 'font-medium',
    cell: (clip) => (clip.credited === null ? '' : <RollingNumber value={decimal(clip.credited)} kind="usd" />),
  },
];

function MyClips({ clips }: { clips: MyClip[] | undefined }) {
  return (
    <Card flush title="Your clips">
      {clips === undefined ? (
        <SkeletonRows rows={4} />
      ) : clips.length === 0 ? (
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
          columns={COLUMNS}
          rows={clips}
          rowKey={(clip) => clip.submissionId}
          rowVersion={(clip) => `${clip.views} ${clip.credited}`}
        />
      )}
    </Card>
  );
}

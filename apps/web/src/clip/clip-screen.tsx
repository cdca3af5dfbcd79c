'use client';

import { formatUsd, parseMicros } from '@clipmeter/core/money';
import { platformName } from '@clipmeter/core/platform';
import { Moment } from '@clipmeter/ui/age';
import { buttonClass } from '@clipmeter/ui/button-class';
import { Card } from '@clipmeter/ui/card';
import { ErrorState } from '@clipmeter/ui/error-state';
import { Notice } from '@clipmeter/ui/notice';
import { numberText } from '@clipmeter/ui/number-text';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton } from '@clipmeter/ui/skeleton';
import { CircleDollarSign, ExternalLink, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { RangeChoice, useChartRange } from '#src/chart/range-choice.tsx';
import { ViewsChart } from '#src/chart/views-chart.tsx';
import type { ClipPage, Viewer } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { ClipStanding } from '#src/clip/clip-standing.tsx';
import { StatementCard } from '#src/clip/statement-card.tsx';
import { useLiveClip } from '#src/clip/use-live-clip.ts';
import { decimal } from '#src/format/decimal.ts';
import { PageHeader } from '#src/frame/page-header.tsx';

const REFRESH_MS = 30_000;

/** One clip: how it stands and why, its curve, and every credit it ever got. */
export function ClipScreen({ id, role }: { id: string; role: Viewer['role'] }) {
  const { page, statement } = useLiveClip(id);
  if (page.data === undefined) {
    return page.isError ? (
      <ErrorState onRetry={() => void page.refetch()} retrying={page.isRefetching}>
        This clip could not be loaded. {page.error.message}
      </ErrorState>
    ) : (
      <div className="flex flex-col gap-5">
        <Skeleton className="h-32 w-80 max-w-full" />
        <Skeleton className="h-56" />
        <Skeleton className="h-96" />
      </div>
    );
  }
  return (
    <>
      <ClipHeader page={page.data} role={role} />
      <div className="flex flex-col gap-5">
        <MoneyNotices page={page.data} />
        <ClipStanding clip={page.data.clip} />
        {page.data.clip.standing === null ? null : <ClipChart id={id} />}
        <StatementCard query={statement} />
      </div>
    </>
  );
}

function ClipHeader({ page: { clip }, role }: { page: ClipPage; role: Viewer['role'] }) {
  return (
    <PageHeader
      over={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {role === 'ADMIN' ? (
            <span>{clip.clipper?.name}</span>
          ) : (
            <Link href="/home" className="hover:text-ink hover:underline">
              Home
            </Link>
          )}
          <span aria-hidden>/</span>
          <Link href={`/campaigns/${clip.campaignId}`} className="hover:text-ink hover:underline">
            {clip.campaignTitle}
          </Link>
        </span>
      }
      title={clip.title ?? 'Untitled clip'}
      figure={<RollingNumber value={decimal(clip.credited ?? '0')} kind="usd" />}
      figureLabel={`earned in ${clip.campaignTitle}`}
      action={
        <a href={clip.url} target="_blank" rel="noreferrer" className={buttonClass()}>
          Open on {platformName(clip.platform)}
          <ExternalLink aria-hidden className="size-4" />
        </a>
      }
    />
  );
}

/** What happened to its money besides credits. */
function MoneyNotices({ page: { beyond, reversals } }: { page: ClipPage }) {
  return (
    <>
      {beyond === null ? null : (
        <Notice icon={CircleDollarSign}>
          {numberText(beyond.views, 'count')} views came beyond the budget. They would have earned{' '}
          {formatUsd(parseMicros(beyond.amount))}; nothing was left to pay them with.
        </Notice>
      )}
      {reversals.map((reversal) => (
        <Notice key={reversal.id} tone="warn" icon={Undo2}>
          An admin took back {formatUsd(parseMicros(reversal.amount))} of what was{' '}
          {reversal.from === 'pending' ? 'pending' : 'available'}, <Moment date={new Date(reversal.at)} />:{' '}
          {reversal.reason}
        </Notice>
      ))}
    </>
  );
}

function ClipChart({ id }: { id: string }) {
  const [range, setRange] = useChartRange();
  const chart = trpc.clips.chart.useQuery(
    { id, range },
    { refetchInterval: REFRESH_MS, placeholderData: (before) => before },
  );
  return (
    <Card title="Views and earnings" aside={<RangeChoice value={range} onChange={setRange} />}>
      <ViewsChart query={chart} moneyName="Earned" />
    </Card>
  );
}

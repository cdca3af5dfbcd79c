'use client';

import { parseMicros } from '@clipmeter/core/money';
import type { ChartMark, ChartPoint } from '@clipmeter/ui/area-chart';
import { Card } from '@clipmeter/ui/card';
import { classNames } from '@clipmeter/ui/class-names';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { numberText } from '@clipmeter/ui/number-text';
import { Skeleton } from '@clipmeter/ui/skeleton';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { CampaignCard, Chart, Marks } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { decimal } from '#src/format/decimal.ts';

const RANGES = ['day', 'week', 'month', 'all'] as const;
const RANGE_WORDS: Record<(typeof RANGES)[number], string> = {
  day: '24 h',
  week: '7 days',
  month: '30 days',
  all: 'All',
};
const REFRESH_MS = 20_000;

// The chart is the heaviest thing on the page: it comes after the numbers.
const AreaChart = dynamic(() => import('@clipmeter/ui/area-chart').then((module) => module.AreaChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[18.5rem]" />,
});

/** Views and spend over time, with what happened to the campaign marked on the axis. */
export function ChartCard({ campaign }: { campaign: CampaignCard }) {
  const [range, setRange] = useQueryState('range', parseAsStringLiteral(RANGES).withDefault('all'));
  const isRunning = campaign.completedAt === null && campaign.status === 'ACTIVE';
  const chart = trpc.campaigns.chart.useQuery(
    { id: campaign.id, range },
    { refetchInterval: isRunning ? REFRESH_MS : false, placeholderData: (before) => before },
  );
  const marks = trpc.campaigns.marks.useQuery({ id: campaign.id });

  return (
    <Card
      title="Views and spend"
      aside={
        <fieldset className="flex">
          <legend className="sr-only">Time shown</legend>
          {RANGES.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === range}
              onClick={() => void setRange(each)}
              className={classNames(
                'h-8 rounded-md px-2.5 text-[0.8125rem] pointer-coarse:h-11',
                each === range ? 'bg-sunken font-medium text-ink' : 'text-muted hover:text-ink',
              )}
            >
              {RANGE_WORDS[each]}
            </button>
          ))}
        </fieldset>
      }
    >
      {chart.data === undefined ? (
        chart.isError ? (
          <ErrorState onRetry={() => void chart.refetch()} retrying={chart.isRefetching}>
            The chart could not be loaded. {chart.error.message}
          </ErrorState>
        ) : (
          <Skeleton className="h-[18.5rem]" />
        )
      ) : chart.data.points.every((point) => point.views === null) ? (
        <EmptyState>Nothing was read in this time yet. The curve begins with the first read.</EmptyState>
      ) : (
        <AreaChart
          summary={summaryOf(chart.data)}
          areaName="Views"
          lineName="Spent"
          lineUnit="$"
          points={pointsOf(chart.data)}
          marks={marksOf(marks.data, chart.data)}
          lineLimit={budgetOnAxis(campaign)}
        />
      )}
    </Card>
  );
}

function pointsOf(chart: Chart): ChartPoint[] {
  return chart.points.map((point) => ({
    atMs: Date.parse(point.at),
    area: point.views,
    line: point.spent === null ? null : dollarsForDrawing(point.spent),
    areaText: point.views === null ? 'not read' : numberText(point.views, 'count'),
    lineText: point.spent === null ? 'not read' : numberText(decimal(point.spent), 'usd'),
  }));
}

/** A height on the screen, to the cent; the exact amount stands beside it as text. */
function dollarsForDrawing(amount: string): number {
  return Number(parseMicros(amount) / 10_000n) / 100;
}

/** What happened within the time shown. Approvals are many: they are left to the list of clips. */
function marksOf(marks: Marks | undefined, chart: Chart): ChartMark[] {
  const first = Date.parse(chart.points[0]?.at ?? '');
  const last = Date.parse(chart.points.at(-1)?.at ?? '');
  // A point stands for the time until the next one: what ended the campaign falls into the last.
  const end = last + chart.bucketSeconds * 1000;
  return (marks?.marks ?? [])
    .filter((mark) => mark.kind !== 'approval')
    .map((mark) => ({ atMs: Date.parse(mark.at), label: mark.label }))
    .filter((mark) => mark.atMs >= first && mark.atMs <= end)
    .map((mark) => ({ ...mark, atMs: Math.min(mark.atMs, last) }));
}

/** Once a good part is spent the axis ends at the budget, so that the line shows how full it is. */
function budgetOnAxis(campaign: CampaignCard): number | undefined {
  return parseMicros(campaign.spent) * 4n >= parseMicros(campaign.budget)
    ? dollarsForDrawing(campaign.budget)
    : undefined;
}

function summaryOf(chart: Chart): string {
  const read = chart.points.filter((point) => point.views !== null);
  const first = read[0]?.views ?? 0;
  const last = read.at(-1);
  const spent = last?.spent ?? null;
  return [
    `Views went from ${numberText(first, 'count')} to ${numberText(last?.views ?? 0, 'count')}.`,
    spent === null ? '' : `Spent so far: ${numberText(decimal(spent), 'usd')}.`,
  ].join(' ');
}

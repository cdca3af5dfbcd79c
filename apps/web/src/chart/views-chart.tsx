'use client';

import { parseMicros } from '@clipmeter/core/money';
import type { ChartMark, ChartPoint } from '@clipmeter/ui/area-chart';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { numberText } from '@clipmeter/ui/number-text';
import { Skeleton } from '@clipmeter/ui/skeleton';
import dynamic from 'next/dynamic';
import type { Chart } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';

// The chart is the heaviest thing on the page: it comes after the numbers.
const AreaChart = dynamic(() => import('@clipmeter/ui/area-chart').then((module) => module.AreaChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[18.5rem]" />,
});

interface ViewsChartProps {
  query: {
    data: Chart | undefined;
    isError: boolean;
    isRefetching: boolean;
    error: { message: string } | null;
    refetch: () => unknown;
  };
  /** What the money is: "Spent", "Earned". */
  moneyName: string;
  marks?: (chart: Chart) => ChartMark[];
  moneyLimit?: number | undefined;
}

/** Views as an area and money as a line over time, or why there is nothing to draw. */
export function ViewsChart({ query, moneyName, marks, moneyLimit }: ViewsChartProps) {
  const { data } = query;
  if (data === undefined) {
    return query.isError ? (
      <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
        The chart could not be loaded. {query.error?.message}
      </ErrorState>
    ) : (
      <Skeleton className="h-[18.5rem]" />
    );
  }
  if (data.points.every((point) => point.views === null)) {
    return <EmptyState>Nothing was read in this time yet. The curve begins with the first read.</EmptyState>;
  }
  return (
    <AreaChart
      summary={summaryOf(data, moneyName)}
      areaName="Views"
      lineName={moneyName}
      lineUnit="$"
      points={pointsOf(data)}
      marks={marks?.(data) ?? []}
      lineLimit={moneyLimit}
    />
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
export function dollarsForDrawing(amount: string): number {
  return Number(parseMicros(amount) / 10_000n) / 100;
}

function summaryOf(chart: Chart, moneyName: string): string {
  const read = chart.points.filter((point) => point.views !== null);
  const first = read[0]?.views ?? 0;
  const last = read.at(-1);
  const money = last?.spent ?? null;
  return [
    `Views went from ${numberText(first, 'count')} to ${numberText(last?.views ?? 0, 'count')}.`,
    money === null ? '' : `${moneyName} so far: ${numberText(decimal(money), 'usd')}.`,
  ].join(' ');
}

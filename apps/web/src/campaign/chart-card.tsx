'use client';

import { parseMicros } from '@clipmeter/core/money';
import type { ChartMark } from '@clipmeter/ui/area-chart';
import { Card } from '@clipmeter/ui/card';
import { RangeChoice, useChartRange } from '#src/chart/range-choice.tsx';
import { dollarsForDrawing, ViewsChart } from '#src/chart/views-chart.tsx';
import type { CampaignCard, Chart, Marks } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';

const REFRESH_MS = 20_000;

/** Views and spend over time, with what happened to the campaign marked on the axis. */
export function ChartCard({ campaign }: { campaign: CampaignCard }) {
  const [range, setRange] = useChartRange();
  const isRunning = campaign.completedAt === null && campaign.status === 'ACTIVE';
  const chart = trpc.campaigns.chart.useQuery(
    { id: campaign.id, range },
    { refetchInterval: isRunning ? REFRESH_MS : false, placeholderData: (before) => before },
  );
  const marks = trpc.campaigns.marks.useQuery({ id: campaign.id });

  return (
    <Card title="Views and spend" aside={<RangeChoice value={range} onChange={setRange} />}>
      <ViewsChart
        query={chart}
        moneyName="Spent"
        marks={(data) => marksOf(marks.data, data)}
        moneyLimit={budgetOnAxis(campaign)}
      />
    </Card>
  );
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

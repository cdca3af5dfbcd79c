'use client';

import { Card } from '@clipmeter/ui/card';
import { RangeChoice, useChartRange } from '#src/chart/range-choice.tsx';
import { ViewsChart } from '#src/chart/views-chart.tsx';
import { trpc } from '#src/client/trpc.ts';

const REFRESH_MS = 30_000;

/** Views and earnings of all the viewer's clips over time. */
export function EarningsChart() {
  const [range, setRange] = useChartRange();
  const chart = trpc.me.chart.useQuery({ range }, { refetchInterval: REFRESH_MS, placeholderData: (before) => before });
  return (
    <Card title="Views and earnings" aside={<RangeChoice value={range} onChange={setRange} />}>
      <ViewsChart query={chart} moneyName="Earned" />
    </Card>
  );
}

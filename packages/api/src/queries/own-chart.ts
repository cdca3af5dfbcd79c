import type { Queryable } from '@clipmeter/db/connect';
import { microsFromNumeric } from '@clipmeter/db/micros-column';
import { type OwnScope, readFirstApproval, readOwnChartChanges } from '@clipmeter/db/read-own-chart';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { bucketSecondsFor, chartSeries } from '#src/chart-series.ts';
import type { SignedInContext } from '#src/context.ts';
import type { CHART_RANGES } from '#src/output/chart.ts';
import { CHART_RANGE_MS } from '#src/queries/campaign-chart.ts';

type ChartRange = (typeof CHART_RANGES)[number];

/** Views and earnings of the viewer's clips over time, from the first approval or the range's start. */
export function myChart({ pool, viewer, now }: SignedInContext, { range }: { range: ChartRange }) {
  return readSnapshot(pool, (tx) => ownChart(tx, { scope: { userId: viewer.userId }, range, now: now() }));
}

/** The points of a scope's chart. `spent` is what was earned. */
export async function ownChart(
  client: Queryable,
  { scope, range, now }: { scope: OwnScope; range: ChartRange; now: Date },
) {
  const first = await readFirstApproval(client, scope);
  if (first === null) return { bucketSeconds: bucketSecondsFor(0), points: [] };
  const from = new Date(Math.max(first.getTime(), now.getTime() - CHART_RANGE_MS[range]));
  const bucketSeconds = bucketSecondsFor(now.getTime() - from.getTime());
  const changes = await readOwnChartChanges(client, { scope, from, bucketSeconds });
  const points = chartSeries(
    { views: changes.viewsBefore, spentMicros: microsFromNumeric(changes.spentBefore) },
    changes.buckets.map(({ credited, ...bucket }) => ({ ...bucket, creditedMicros: microsFromNumeric(credited) })),
    bucketSeconds,
  );
  return { bucketSeconds, points };
}

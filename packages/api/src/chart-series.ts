import { addMicros, formatDecimal, type Micros } from '@clipmeter/core/money';

export interface ChartBucket {
  at: Date;
  viewsChange: bigint;
  creditedMicros: Micros;
}

export interface ChartPoint {
  at: string;
  views: number | null;
  spent: string | null;
}

/** Between two reads no further apart than this many buckets lies no gap. */
const GAP_BUCKETS = 3;
/** Nor between reads that are not further apart than twice the usual distance. */
const GAP_USUAL = 2;

/**
 * Running totals from changes. Where nothing was read for much longer than usual, one empty point (nulls) cuts the line:
 * a gap, not a zero. A falling count falls.
 */
export function chartSeries(
  start: { views: bigint; spentMicros: Micros },
  buckets: readonly ChartBucket[],
  bucketSeconds: number,
): ChartPoint[] {
  const gapMs = longestUnbroken(buckets, bucketSeconds * 1_000);
  const points: ChartPoint[] = [];
  let { views, spentMicros } = start;
  let previous: Date | null = null;
  for (const { at, viewsChange, creditedMicros } of buckets) {
    if (previous !== null && at.getTime() - previous.getTime() > gapMs) {
      points.push({ at: new Date(previous.getTime() + bucketSeconds * 1_000).toISOString(), views: null, spent: null });
    }
    views += viewsChange;
    spentMicros = addMicros(spentMicros, creditedMicros);
    points.push({ at: at.toISOString(), views: Number(views), spent: formatDecimal(spentMicros) });
    previous = at;
  }
  return points;
}

function longestUnbroken(buckets: readonly ChartBucket[], bucketMs: number): number {
  const distances = buckets
    .slice(1)
    .map(({ at }, i) => at.getTime() - (buckets[i]?.at.getTime() ?? at.getTime()))
    .sort((a, b) => a - b);
  const usualMs = distances[Math.floor(distances.length / 2)] ?? bucketMs;
  return Math.max(GAP_BUCKETS * bucketMs, GAP_USUAL * usualMs);
}

const BUCKET_SECONDS = [10, 30, 60, 300, 600, 1_800, 3_600, 14_400, 43_200, 86_400, 604_800] as const;
const POINTS_WANTED = 180;

/** The finest bucket that draws a time in about 180 points. */
export function bucketSecondsFor(spanMs: number): number {
  const wanted = spanMs / 1_000 / POINTS_WANTED;
  return BUCKET_SECONDS.find((seconds) => seconds >= wanted) ?? 604_800;
}

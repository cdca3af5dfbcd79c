export const PLATFORMS = ['TIKTOK', 'YOUTUBE', 'INSTAGRAM', 'X'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** What a platform counts. Two metrics are never compared: only the one a baseline froze moves money. */
export const METRICS = ['plays', 'views', 'impressions'] as const;
export type Metric = (typeof METRICS)[number];

/** Every definite count that one read brought, by metric. What is absent is unknown, which is not zero. */
export type Counts = Partial<Record<Metric, bigint>>;

const NAMES: Record<Platform, string> = { TIKTOK: 'TikTok', YOUTUBE: 'YouTube', INSTAGRAM: 'Instagram', X: 'X' };

/** The platform's name as people write it. */
export function platformName(platform: Platform): string {
  return NAMES[platform];
}

/** The order in which a baseline's metric is chosen from the counts of its first read. */
export const PREFERRED_METRICS: Record<Platform, readonly Metric[]> = {
  TIKTOK: ['plays'],
  YOUTUBE: ['views'],
  INSTAGRAM: ['plays', 'views'],
  X: ['impressions'],
};

/** The largest count that Postgres' bigint holds; what is above it is no count. */
const COUNT_MAX = 2n ** 63n - 1n;

/** The count of a metric if the read brought a definite one; null is unknown. */
export function definiteCount(counts: Counts, metric: Metric): bigint | null {
  const count = counts[metric];
  return count !== undefined && count >= 0n && count <= COUNT_MAX ? count : null;
}

/** The metric and count that a baseline would freeze, or null if the read holds none that the platform pays by. */
export function preferredCount(platform: Platform, counts: Counts): { metric: Metric; views: bigint } | null {
  for (const metric of PREFERRED_METRICS[platform]) {
    const views = definiteCount(counts, metric);
    if (views !== null) return { metric, views };
  }
  return null;
}

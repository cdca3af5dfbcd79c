const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Clips of like age. How a clip is received changes fast in its first days and hardly after a month. */
export interface AgeBand {
  /** From this age, in milliseconds, … */
  readonly fromMs: number;
  /** … to this one; null: without end. */
  readonly toMs: number | null;
  /** "1 to 3 days old" */
  readonly words: string;
}

export const AGE_BANDS: readonly AgeBand[] = [
  { fromMs: 0, toMs: 6 * HOUR, words: 'under 6 hours old' },
  { fromMs: 6 * HOUR, toMs: DAY, words: '6 to 24 hours old' },
  { fromMs: DAY, toMs: 3 * DAY, words: '1 to 3 days old' },
  { fromMs: 3 * DAY, toMs: 7 * DAY, words: '3 to 7 days old' },
  { fromMs: 7 * DAY, toMs: 30 * DAY, words: '7 to 30 days old' },
  { fromMs: 30 * DAY, toMs: null, words: 'over 30 days old' },
];

/** The band of an age; of what is posted in the future by its platform's clock, the first. */
export function ageBandOf(ageMs: number): AgeBand {
  const band = AGE_BANDS.findLast(({ fromMs }) => fromMs <= Math.max(0, ageMs));
  if (band === undefined) throw new Error(`No band holds an age of ${ageMs} ms`);
  return band;
}

/** What a read said of how a video is received; null: the platform does not say. */
export interface EngagementCounts {
  readonly views: bigint;
  readonly likes: bigint | null;
  readonly comments: bigint | null;
  readonly shares: bigint | null;
}

/**
 * Likes, comments and shares for each view. A ratio to look at: no money follows from it. Null when nobody viewed it, or
 * the platform told none of the three.
 */
export function engagementRate({ views, likes, comments, shares }: EngagementCounts): number | null {
  const told = [likes, comments, shares].filter((count) => count !== null);
  if (views <= 0n || told.length === 0) return null;
  return Number(told.reduce((sum, count) => sum + count, 0n)) / Number(views);
}

/** How the other clips of the same platform and a like age are received. */
export interface EngagementPeers {
  readonly count: number;
  /** Their 1st and 99th percentile; null without peers. */
  readonly low: number | null;
  readonly high: number | null;
}

/** With fewer peers a percentile says nothing. */
export const PEERS_MIN = 30;

export type EngagementVerdict =
  | { readonly kind: 'usual' | 'below' | 'above'; readonly rate: number; readonly low: number; readonly high: number }
  | { readonly kind: 'too_few'; readonly rate: number }
  | { readonly kind: 'unknown' };

/** Whether a clip's engagement is one that hardly any other clip like it has. At the percentile itself it is usual. */
export function judgeEngagement(rate: number | null, { count, low, high }: EngagementPeers): EngagementVerdict {
  if (rate === null) return { kind: 'unknown' };
  if (count < PEERS_MIN || low === null || high === null) return { kind: 'too_few', rate };
  return { kind: rate < low ? 'below' : rate > high ? 'above' : 'usual', rate, low, high };
}

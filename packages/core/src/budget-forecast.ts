import { divFloor, type Micros, maxMicros, micros, minMicros } from '#src/money.ts';

/** Fewer reads than this say nothing about what comes. */
const READS_FOR_A_PACE = 3;

const DAY_MS = 86_400_000n;
/** A campaign that began a second ago is taken to be a minute old. */
const SHORTEST_MS = 60_000n;

/** What was credited in the time looked back over (a day, or since the start if that is later), in its two halves. */
export interface RecentSpend {
  readonly reads: number;
  readonly elapsedMs: number;
  readonly olderMicros: Micros;
  readonly newerMicros: Micros;
}

/** How fast a budget goes. A forecast: it stands in no sum of money. */
export type BudgetPace =
  /** Under three reads: too early to say. */
  | { readonly kind: 'early' }
  /** Read, and nothing was spent. */
  | { readonly kind: 'still' }
  | { readonly kind: 'moving'; readonly slowPerDayMicros: Micros; readonly fastPerDayMicros: Micros };

/**
 * The pace of a budget as a range: that of the slower and of the faster half of the time looked back over, so a campaign
 * that slows down or picks up has a wide range, and one that goes evenly a narrow one. The slow end is zero when a half
 * brought nothing.
 */
export function budgetPace({ reads, elapsedMs, olderMicros, newerMicros }: RecentSpend): BudgetPace {
  if (reads < READS_FOR_A_PACE) return { kind: 'early' };
  const measuredMs = BigInt(Math.max(0, Math.round(elapsedMs)));
  const halfMs = (measuredMs < SHORTEST_MS ? SHORTEST_MS : measuredMs) / 2n;
  const perDay = (amountMicros: Micros) => micros(divFloor(amountMicros * DAY_MS, halfMs));
  const fastPerDayMicros = perDay(maxMicros(olderMicros, newerMicros));
  if (fastPerDayMicros <= 0n) return { kind: 'still' };
  return { kind: 'moving', slowPerDayMicros: perDay(minMicros(olderMicros, newerMicros)), fastPerDayMicros };
}

/** How long what is left lasts at a pace: at least `fromMs`, at most `toMs` (null: no end in sight at the slow end). */
export interface BudgetLasts {
  readonly fromMs: number;
  readonly toMs: number | null;
}

/** Longer than anybody plans: an estimate beyond it is no estimate. */
const LASTS_MS_MAX = 1000n * DAY_MS;

export function budgetLasts(leftMicros: Micros, pace: BudgetPace & { kind: 'moving' }): BudgetLasts {
  const msAt = (perDayMicros: Micros) => {
    const lastsMs = divFloor(leftMicros * DAY_MS, perDayMicros);
    return lastsMs > LASTS_MS_MAX ? null : Number(lastsMs);
  };
  const { slowPerDayMicros, fastPerDayMicros } = pace;
  return {
    fromMs: msAt(fastPerDayMicros) ?? Number(LASTS_MS_MAX),
    toMs: slowPerDayMicros <= 0n ? null : msAt(slowPerDayMicros),
  };
}

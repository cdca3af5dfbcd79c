import { invariant } from '#src/invariant.ts';
import { divFloor, MAX_MICROS, type Micros, minMicros, saturatedMicros } from '#src/money.ts';
import type { Metric } from '#src/platform.ts';

/** The terms that a submission's approval froze; a re-base freezes new ones. */
export interface FrozenTerms {
  /** The only metric that moves money. */
  metric: Metric;
  /** The metric's count at the baseline: what the clip had before it counted here. */
  initialViews: bigint;
  /** What 1,000 views of growth earn. */
  ratePer1000Micros: Micros;
  /** The most that the clip can earn here, what it carried included; null is no cap. */
  capMicros: Micros | null;
  /** Growth below it earns nothing; once it is reached, every view counts from the first. */
  minViews: bigint;
  /** What was earned under earlier terms, before a re-base. It stays. */
  carriedMicros: Micros;
}

/**
 * What a clip has earned under its terms, in all, at this count of the terms' metric:
 * carried + floor(growth × rate / 1,000), never above the cap.
 *
 * It is a total and not a difference, so rounding never adds up: reading often pays what reading once does.
 */
export function earnedMicros(terms: FrozenTerms, views: bigint): Micros {
  invariant(views >= 0n && terms.initialViews >= 0n && terms.minViews >= 0n, 'counts are never negative');
  invariant(terms.ratePer1000Micros >= 0n && terms.carriedMicros >= 0n, 'a rate and a carried sum are never negative');
  const growth = views > terms.initialViews ? views - terms.initialViews : 0n;
  const earned = growth < terms.minViews ? 0n : divFloor(growth * terms.ratePer1000Micros, 1_000n);
  return minMicros(saturatedMicros(terms.carriedMicros + earned), terms.capMicros ?? MAX_MICROS);
}

/** The most views of growth that a budget can pay for at a rate: one more would earn more than the budget. */
export function maxViewsForBudget(budgetMicros: Micros, ratePer1000Micros: Micros): bigint {
  invariant(budgetMicros >= 0n && ratePer1000Micros > 0n, 'a budget is not negative and a rate is positive');
  return divFloor((budgetMicros + 1n) * 1_000n - 1n, ratePer1000Micros);
}

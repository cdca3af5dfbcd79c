import { invariant } from '#src/invariant.ts';
import type { Micros } from '#src/money.ts';

// When a clip is worth reading again. Everything here is an estimate and never money, so plain numbers will do:
// velocities in views an hour, dollars as floats, times in milliseconds.

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * What a dollar that is earned but not yet read is taken to cost, in dollars an hour. It is the one exchange rate
 * between late money and the price of reads: four times as much halves every interval.
 */
const LATE_DOLLAR_COST_PER_HOUR = 0.05;

/** How far back a velocity looks. */
const VELOCITY_WINDOW_MS = 10 * MINUTE_MS;

/** The most that one read counts in a velocity, however long nothing was read. */
const ONE_READ_WEIGHT_MAX = 0.4;

/** What a deployment sets for a platform. */
export interface IntervalConfig {
  readonly minIntervalMs: number;
  readonly maxIntervalMs: number;
  /** What one read costs, in dollars. */
  readonly readCostUsd: number;
}

export interface ReadIntervalInput extends IntervalConfig {
  /** Expected growth, views an hour; see nextVelocity. */
  readonly velocity: number;
  /** What one view is worth: see usdPerView; 0 when the clip can earn no more (its cap is reached). */
  readonly usdPerView: number;
  /** The chance that budget is left for those views, 0 to 1; see budgetChance. */
  readonly budgetChance: number;
  /** The time between its last two reads; null when it was read once only. */
  readonly previousIntervalMs: number | null;
}

/**
 * How long to wait until the clip's next read, in whole milliseconds.
 *
 * A clip earns m = dollars per view × velocity × chance of budget, in dollars an hour. Reading it every T hours costs
 * c / T an hour and leaves m × T / 2 dollars unread on average. With w the cost of a late dollar for an hour,
 * c / T + w × m × T / 2 is least at T = √(2c / (w × m)): the rule by which orders and stocks are balanced (Harris,
 * 1913). So a clip that earns four times as much is read twice as often, which for a given spending on reads leaves
 * the least money unread over all clips.
 *
 * Then the bounds: never below the smallest interval, never above the largest, and never more than twice the previous
 * one, because a clip that stood still once may only have been rounded by its platform. A new clip starts at the
 * smallest and slows down as it proves slow.
 */
export function nextIntervalMs(input: ReadIntervalInput): number {
  const { velocity, usdPerView, budgetChance, readCostUsd, previousIntervalMs, minIntervalMs, maxIntervalMs } = input;
  invariant(minIntervalMs > 0 && minIntervalMs <= maxIntervalMs, 'the smallest interval is not above the largest');
  invariant(velocity >= 0 && usdPerView >= 0 && readCostUsd >= 0, 'velocity, worth and cost are never negative');
  invariant(budgetChance >= 0 && budgetChance <= 1, 'a chance lies between 0 and 1');
  const usdPerHour = usdPerView * velocity * budgetChance;
  const wantedMs =
    usdPerHour === 0
      ? maxIntervalMs
      : Math.sqrt((2 * readCostUsd) / (LATE_DOLLAR_COST_PER_HOUR * usdPerHour)) * HOUR_MS;
  const largestMs = Math.min(maxIntervalMs, previousIntervalMs === null ? minIntervalMs : previousIntervalMs * 2);
  return Math.round(Math.max(minIntervalMs, Math.min(wantedMs, largestMs)));
}

/** Up to this price the largest interval holds; beyond it even the slowest clips must wait longer. */
const LARGEST_HOLDS_TO_PRICE = 64;

/**
 * The bounds and the cost of a read where a read is weighed as `price` times what it costs (see nextReadPrice): every
 * interval within its bounds becomes √price as long. At price 1 nothing changes.
 */
export function pricedInterval(config: IntervalConfig, price: number): IntervalConfig {
  invariant(price >= 1, 'a read never costs less than it does');
  const { minIntervalMs, maxIntervalMs, readCostUsd } = config;
  return {
    minIntervalMs,
    maxIntervalMs: longestIntervalMs(maxIntervalMs, price),
    readCostUsd: readCostUsd * price,
  };
}

/** The largest interval at a price of reads, in whole milliseconds: see pricedInterval. */
export function longestIntervalMs(maxIntervalMs: number, price: number): number {
  return Math.round(maxIntervalMs * Math.sqrt(Math.max(1, price / LARGEST_HOLDS_TO_PRICE)));
}

/** What one view is worth at a rate, in dollars. */
export function usdPerView(ratePer1000Micros: Micros): number {
  return Number(ratePer1000Micros) / 1e9;
}

/**
 * The chance that the next view of a campaign still finds budget: what is left against what all its clips are expected
 * to earn until their next reads. With twice as much expected as is left, every other view is paid.
 */
export function budgetChance(leftMicros: Micros, expectedMicros: Micros): number {
  if (leftMicros <= 0n) return 0;
  return expectedMicros <= leftMicros ? 1 : Number(leftMicros) / Number(expectedMicros);
}

/**
 * The clip's velocity after a read, in views an hour: an average that forgets with time, not with the number of reads.
 * A platform that rounds makes a staircase, flat and then a step; weighed by the time that passed, a step counts as
 * its views over the window however often the flat part was read. Falling views count as none: never below zero.
 *
 * @param previous the velocity before, 0 for a clip that was never seen to grow
 * @param deltaViews the growth since the read before this one
 * @param elapsedMs the time since that read; a read out of order (zero or less) changes nothing
 */
export function nextVelocity(previous: number, deltaViews: bigint, elapsedMs: number): number {
  invariant(previous >= 0, 'a velocity is never negative');
  if (elapsedMs <= 0) return previous;
  const seen = deltaViews > 0n ? Number(deltaViews) / (elapsedMs / HOUR_MS) : 0;
  const weight = Math.min(ONE_READ_WEIGHT_MAX, 1 - Math.exp(-elapsedMs / VELOCITY_WINDOW_MS));
  return previous + weight * (seen - previous);
}

/**
 * Why a read brought nothing: not_found, private and unknown are answers about one clip, throttled (the platform told
 * us to wait) and failed (the run ended badly) concern a whole run.
 */
export type ReadFailure = 'not_found' | 'private' | 'unknown' | 'throttled' | 'failed';

/** The first wait after a failure, and the longest; each failure in a row doubles it. */
const BACKOFFS: Record<ReadFailure, { firstMs: number; longestMs: number }> = {
  // Gone only after two answers hours apart; then a daily look is enough.
  not_found: { firstMs: 3 * HOUR_MS, longestMs: 24 * HOUR_MS },
  // Recoverable: its author may show it again.
  private: { firstMs: HOUR_MS, longestMs: 24 * HOUR_MS },
  // Says nothing of the clip, and is usually over soon.
  unknown: { firstMs: MINUTE_MS, longestMs: HOUR_MS },
  throttled: { firstMs: MINUTE_MS / 2, longestMs: 15 * MINUTE_MS },
  failed: { firstMs: MINUTE_MS, longestMs: 30 * MINUTE_MS },
};

/**
 * How long to wait after a failed read, in milliseconds. Jitter, where many wait at once, is the caller's.
 *
 * @param failures failures in a row, this one included: 1 or more
 */
export function backoffMs(kind: ReadFailure, failures: number): number {
  invariant(Number.isInteger(failures) && failures >= 1, 'the failure itself is counted');
  const { firstMs, longestMs } = BACKOFFS[kind];
  return Math.min(longestMs, firstMs * 2 ** (failures - 1));
}

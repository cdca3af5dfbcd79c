import { divFloor, type Micros, micros } from '@clipmeter/core/money';

const DAY_MS = 86_400_000n;
/** A campaign that began a second ago has no pace yet: it is taken to be a minute old. */
const SHORTEST_MS = 60_000n;

export interface Pace {
  /** Null before anything was credited. */
  perDayMicros: Micros | null;
  /** Whole days that what is left lasts, rounded down; null if nothing moves. */
  daysLeft: number | null;
}

/** How fast a budget goes, from what was credited in a time. Forecasts only: no money is decided from it. */
export function paceOf(spend: { creditedMicros: Micros; elapsedMs: number; leftMicros: Micros }): Pace {
  if (spend.creditedMicros <= 0n) return { perDayMicros: null, daysLeft: null };
  const measuredMs = BigInt(Math.max(0, Math.round(spend.elapsedMs)));
  const elapsedMs = measuredMs < SHORTEST_MS ? SHORTEST_MS : measuredMs;
  const perDay = divFloor(spend.creditedMicros * DAY_MS, elapsedMs);
  if (perDay === 0n) return { perDayMicros: null, daysLeft: null };
  return { perDayMicros: micros(perDay), daysLeft: Number(divFloor(spend.leftMicros, perDay)) };
}

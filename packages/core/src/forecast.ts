import { earnedMicros, type FrozenTerms } from '#src/earnings.ts';
import { invariant } from '#src/invariant.ts';
import { type Micros, subtractMicros, ZERO_MICROS } from '#src/money.ts';

const HOUR_MS = 3_600_000;

/** More growth than any video had; an estimate above it is a fault of the estimate. */
const GROWTH_MAX = 1e12;

export interface ForecastInput {
  terms: FrozenTerms;
  creditedMicros: Micros;
  /** The latest accepted count of the terms' metric. */
  views: bigint;
  /** Views an hour; see nextVelocity. */
  velocity: number;
  /** The time until the clip's next read. */
  untilReadMs: number;
}

/**
 * What the clip is expected to be credited at its next read if it grows as it did: the hatched part of a budget bar,
 * and what tells that a campaign is about to run out. A forecast: it stands in no sum of money.
 */
export function expectedMicros(input: ForecastInput): Micros {
  const { terms, creditedMicros, views, velocity, untilReadMs } = input;
  invariant(velocity >= 0 && untilReadMs >= 0, 'a forecast looks ahead');
  const growth = BigInt(Math.floor(Math.min(GROWTH_MAX, (velocity * untilReadMs) / HOUR_MS)));
  const earned = earnedMicros(terms, views + growth);
  return earned > creditedMicros ? subtractMicros(earned, creditedMicros) : ZERO_MICROS;
}

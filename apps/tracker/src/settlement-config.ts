import type { Micros } from '@clipmeter/core/money';
import { DEFAULT_SETTLE_LIMITS } from '@clipmeter/core/settlement';
import type { SettlementConfig } from '@clipmeter/db/plan-batch';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Between two reads of a clip. The system before this one managed four hours for every clip. */
const REAL_INTERVAL = { minIntervalMs: 5 * MINUTE_MS, maxIntervalMs: 4 * HOUR_MS };
/** Simulated views run fast and cost nothing to read; a page should never look asleep. */
const DEMO_INTERVAL = { minIntervalMs: 5 * SECOND_MS, maxIntervalMs: 20 * SECOND_MS };

/** A clip that waited this long is read whatever it costs. */
export function maxIntervalMs(demo: boolean): number {
  return (demo ? DEMO_INTERVAL : REAL_INTERVAL).maxIntervalMs;
}

/** How settlement behaves where one result costs so much. */
export function settlementConfig(pricePerResultMicros: Micros, demo: boolean): SettlementConfig {
  return {
    limits: DEFAULT_SETTLE_LIMITS,
    interval: {
      ...(demo ? DEMO_INTERVAL : REAL_INTERVAL),
      // The one float on money: it weighs reads against each other and is in no sum.
      readCostUsd: Number(pricePerResultMicros) / 1e6,
    },
    goneAfterMs: 2 * HOUR_MS,
  };
}

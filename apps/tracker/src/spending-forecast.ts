import { formatUsd, type Micros, micros, minMicros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import type { Pool } from '@clipmeter/db/connect';
import type { PlatformReader } from '@clipmeter/platforms/port';
import type { Logger } from 'pino';
import type { Service } from '#src/service.ts';
import { projectedCostMicros } from '#src/should-start-run.ts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * What a day of reading so many clips costs when none grows fast: each read at its largest interval, as many together as
 * a run takes. What grows faster is read more often, up to the day's limit.
 */
export function quietDayCostMicros(
  clips: number,
  price: Pick<PlatformReader, 'minimumChargeMicros' | 'pricePerResultMicros' | 'maxBatch'>,
  maxIntervalMs: number,
): Micros {
  const roundsPerDay = BigInt(Math.ceil(DAY_MS / maxIntervalMs));
  const full = BigInt(Math.floor(clips / price.maxBatch));
  const rest = clips % price.maxBatch;
  const restMicros = rest === 0 ? 0n : projectedCostMicros(rest, price);
  return micros(roundsPerDay * (full * projectedCostMicros(price.maxBatch, price) + restMicros));
}

/** Says at the start what the day is going to cost, while it is real money. */
export function createSpendingForecast(deps: {
  pool: Pool;
  log: Logger;
  readers: ReadonlyMap<Platform, PlatformReader>;
  limitMicros: Micros | null;
  maxIntervalMs: number;
}): Service {
  const { pool, log, readers, limitMicros, maxIntervalMs } = deps;
  return {
    name: 'spending forecast',
    async run() {
      if (limitMicros === null) return;
      const { rows } = await pool.query<{ platform: Platform; clips: number }>(
        'SELECT platform, count(*)::integer AS clips FROM clip_schedules GROUP BY platform',
      );
      const clips = new Map(rows.map((row) => [row.platform, row.clips]));
      for (const [platform, reader] of readers) {
        const quietMicros = quietDayCostMicros(clips.get(platform) ?? 0, reader, maxIntervalMs);
        const projected = formatUsd(minMicros(quietMicros, limitMicros));
        const limit = formatUsd(limitMicros);
        log.info(
          { platform, source: reader.source, clips: clips.get(platform) ?? 0, projected, limit },
          'cost of a day',
        );
      }
    },
    async stop() {},
  };
}

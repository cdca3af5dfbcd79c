import { type Micros, ZERO_MICROS } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import type { Pool } from '@clipmeter/db/connect';
import { type PlatformLateness, readLateness } from '@clipmeter/db/read-lateness';
import { readDaySpending } from '@clipmeter/db/scrape-run';
import type { PlatformReader } from '@clipmeter/platforms/port';
import type { HealthReport } from '#src/health/health-report.ts';
import { startOfDay } from '#src/read-price.ts';

/** What a scrape shows beside what was counted: read once for all of its gauges. */
export interface TrackerState {
  readonly health: HealthReport;
  /** Null: the database did not answer. */
  readonly lateness: readonly PlatformLateness[] | null;
  readonly spending: readonly PlatformSpending[];
}

export interface PlatformSpending {
  readonly platform: Platform;
  /** As the limit sees it: runs that are not billed yet at what they may cost. */
  readonly spentMicros: Micros;
}

export interface TrackerStateDeps {
  readonly pool: Pool;
  readonly readers: ReadonlyMap<Platform, PlatformReader>;
  readonly ignoreMinimumCharge: boolean;
  readonly readHealth: () => Promise<HealthReport>;
  readonly now: () => Date;
}

/** Beyond this many it does not matter how many clips are due. */
export const DUE_MAX = 10_000;

/** Answers also without a database, with what the process knows by itself. */
export async function readTrackerState(deps: TrackerStateDeps): Promise<TrackerState> {
  const now = deps.now();
  const health = await deps.readHealth();
  if (health.database === 'unreachable') return { health, lateness: null, spending: [] };
  const [lateness, spending] = await Promise.all([
    readLateness(deps.pool, { now, countMax: DUE_MAX }),
    Promise.all([...deps.readers.values()].map((reader) => readSpending(deps, reader, now))),
  ]);
  return { health, lateness, spending };
}

async function readSpending(deps: TrackerStateDeps, reader: PlatformReader, now: Date): Promise<PlatformSpending> {
  const { platform, pricePerResultMicros } = reader;
  const minimumChargeMicros = deps.ignoreMinimumCharge ? ZERO_MICROS : reader.minimumChargeMicros;
  const since = startOfDay(now);
  const { spentMicros } = await readDaySpending(deps.pool, {
    platform,
    since,
    minimumChargeMicros,
    pricePerResultMicros,
  });
  return { platform, spentMicros };
}

import type { FollowerLag } from '@clipmeter/realtime/follower';
import type { PgBoss } from 'pg-boss';
import type { Pool } from 'pg';
import { type HorizonHolder, readHorizonHolder } from '#src/health/horizon.ts';
import { type PlatformState, readPlatformStates } from '#src/platform-state.ts';

/** How the daemon is doing, for people and supervisors. It names nobody and holds no secret. */
export interface HealthReport {
  readonly ready: boolean;
  readonly database: 'reachable' | 'unreachable';
  readonly follower: FollowerLag;
  readonly sockets: number;
  readonly subscribers: number;
  readonly horizon: HorizonHolder | null;
  readonly queues: readonly { name: string; ready: number; active: number; failed: number }[];
  readonly platforms: readonly PlatformState[];
  readonly alerts: readonly { kind: string; cause: string; message: string; count: number; since: Date }[];
}

export interface HealthDeps {
  readonly pool: Pool;
  readonly boss: Pick<PgBoss, 'getQueues'>;
  readonly lag: () => FollowerLag;
  readonly sockets: () => number;
  readonly subscribers: () => number;
}

/** Beyond this the live pages are late and the tracker is not ready to serve more of them. */
const LAG_MAX_MS = 30_000;

export async function readHealth(deps: HealthDeps): Promise<HealthReport> {
  const local = { follower: deps.lag(), sockets: deps.sockets(), subscribers: deps.subscribers() };
  try {
    const [horizon, queues, platforms, alerts] = await Promise.all([
      readHorizonHolder(deps.pool),
      deps.boss.getQueues(),
      readPlatformStates(deps.pool),
      readOpenAlerts(deps.pool),
    ]);
    return {
      ready: local.follower.lagMs <= LAG_MAX_MS,
      database: 'reachable',
      ...local,
      horizon,
      queues: queues.map(({ name, readyCount, activeCount, failedCount }) => ({
        name,
        ready: readyCount,
        active: activeCount,
        failed: failedCount,
      })),
      platforms,
      alerts,
    };
  } catch {
    return { ready: false, database: 'unreachable', ...local, horizon: null, queues: [], platforms: [], alerts: [] };
  }
}

async function readOpenAlerts(pool: Pool): Promise<HealthReport['alerts']> {
  const { rows } = await pool.query<{ kind: string; cause: string; message: string; count: number; since: Date }>(
    `SELECT kind, cause, message, count, first_seen AS since FROM alerts WHERE resolved_at IS NULL
     ORDER BY first_seen LIMIT 100`,
  );
  return rows;
}

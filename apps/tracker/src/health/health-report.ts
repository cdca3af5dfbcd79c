import type { Pool } from '@clipmeter/db/connect';
import { type PlatformStateRow, readPlatformStates } from '@clipmeter/db/read-platforms';
import { type AlertRow, type QueueRow, readOpenAlerts, readQueues } from '@clipmeter/db/read-tracker';
import type { FollowerLag } from '@clipmeter/realtime/follower';
import { type HorizonHolder, readHorizonHolder } from '#src/health/horizon.ts';

/** How the daemon is doing, for people and supervisors. It names nobody and holds no secret. */
export interface HealthReport {
  readonly ready: boolean;
  readonly database: 'reachable' | 'unreachable';
  readonly follower: FollowerLag;
  readonly sockets: number;
  readonly subscribers: number;
  readonly horizon: HorizonHolder | null;
  readonly queues: readonly QueueRow[];
  readonly platforms: readonly PlatformStateRow[];
  readonly alerts: readonly AlertRow[];
}

export interface HealthDeps {
  readonly pool: Pool;
  readonly lag: () => FollowerLag;
  readonly sockets: () => number;
  readonly subscribers: () => number;
}

/** Beyond this the live pages are late and the tracker is not ready to serve more of them. */
const LAG_MAX_MS = 30_000;
const ALERTS_MAX = 100;

export async function readHealth({ pool, ...deps }: HealthDeps): Promise<HealthReport> {
  const local = { follower: deps.lag(), sockets: deps.sockets(), subscribers: deps.subscribers() };
  try {
    const [horizon, queues, platforms, alerts] = await Promise.all([
      readHorizonHolder(pool),
      readQueues(pool),
      readPlatformStates(pool),
      readOpenAlerts(pool, ALERTS_MAX),
    ]);
    const ready = local.follower.lagMs <= LAG_MAX_MS;
    return { ready, database: 'reachable', ...local, horizon, queues, platforms, alerts };
  } catch {
    return { ready: false, database: 'unreachable', ...local, horizon: null, queues: [], platforms: [], alerts: [] };
  }
}

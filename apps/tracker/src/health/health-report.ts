import type { Pool } from '@clipmeter/db/connect';
import { readMailBacklog } from '@clipmeter/db/mail-sending';
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
  readonly mail: MailHealth | null;
}

/** Mails that wait to be sent: by a server, or until SMTP_URL names one. What a server said may name people: it is in the log. */
interface MailHealth {
  readonly configured: boolean;
  readonly waiting: number;
  readonly since: string | null;
  readonly failingSince: string | null;
}

export interface HealthDeps {
  readonly pool: Pool;
  readonly mailConfigured: boolean;
  readonly lag: () => FollowerLag;
  readonly sockets: () => number;
  readonly subscribers: () => number;
}

/** Beyond this the live pages are late and the tracker is not ready to serve more of them. */
const LAG_MAX_MS = 30_000;
const ALERTS_MAX = 100;

export async function readHealth({ pool, mailConfigured, ...deps }: HealthDeps): Promise<HealthReport> {
  const local = { follower: deps.lag(), sockets: deps.sockets(), subscribers: deps.subscribers() };
  try {
    const [horizon, queues, platforms, alerts, { waiting, since, failingSince }] = await Promise.all([
      readHorizonHolder(pool),
      readQueues(pool),
      readPlatformStates(pool),
      readOpenAlerts(pool, ALERTS_MAX),
      readMailBacklog(pool),
    ]);
    const ready = local.follower.lagMs <= LAG_MAX_MS;
    const mail = { configured: mailConfigured, waiting, since, failingSince };
    return { ready, database: 'reachable', ...local, horizon, queues, platforms, alerts, mail };
  } catch {
    return {
      ready: false,
      database: 'unreachable',
      ...local,
      horizon: null,
      queues: [],
      platforms: [],
      alerts: [],
      mail: null,
    };
  }
}

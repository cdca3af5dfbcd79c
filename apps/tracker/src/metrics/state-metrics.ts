import { ALERT_KINDS } from '@clipmeter/core/alert-kind';
import type { Micros } from '@clipmeter/core/money';
import { PLATFORMS } from '@clipmeter/core/platform';
import { QUEUES } from '@clipmeter/db/queues';
import { Gauge, type Registry } from 'prom-client';
import { DUE_MAX, type TrackerState } from '#src/metrics/tracker-state.ts';
import { usdForDisplay } from '#src/metrics/work-metrics.ts';

const STATUSES = ['OK', 'DELAYED', 'STOPPED'] as const;

/** A pool of connections, as `pg` counts it. */
export interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

export interface StateMetricsDeps {
  readonly pools: Readonly<Record<string, PoolCounts>>;
  /** Null: none. */
  readonly limitMicros: Micros | null;
}

/**
 * The gauges. The returned function sets all of them from one reading; what the database did not tell this time has no
 * value rather than an old one.
 */
export function createStateMetrics(registry: Registry, deps: StateMetricsDeps): (state: TrackerState) => void {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });

  const ready = gauge('clipmeter_ready', '1 while the tracker can do its work, as /ready says it.');
  const databaseUp = gauge('clipmeter_database_up', '1 while the database answers.');
  const followerLag = gauge('clipmeter_follower_lag_seconds', 'How far the live pages are behind the event log.');
  const sockets = gauge('clipmeter_sockets', 'Open sockets.');
  const subscriptions = gauge(
    'clipmeter_subscriptions',
    'Subscriptions of the hub, the own one of the server included.',
  );
  const pool = gauge('clipmeter_pool_connections', 'Connections of a pool, by state.', ['pool', 'state']);
  const poolWaiting = gauge('clipmeter_pool_waiting', 'Requests that wait for a connection of a pool.', ['pool']);

  const horizonHeld = gauge(
    'clipmeter_horizon_held_seconds',
    'Age of the oldest open transaction that has written: every event waits behind it.',
  );
  const due = gauge('clipmeter_due_clips', `Due clips that wait to be read; ${DUE_MAX} at most are counted.`, [
    'platform',
  ]);
  const oldestDue = gauge('clipmeter_oldest_due_seconds', 'How long the longest due clip has been waiting.', [
    'platform',
  ]);
  const tickLate = gauge(
    'clipmeter_tick_late_seconds',
    'How long after its time the last tick began, or the next one is overdue if that is more.',
    ['platform'],
  );
  const queue = gauge('clipmeter_queue_jobs', 'Jobs by queue and state.', ['queue', 'state']);
  const alerts = gauge('clipmeter_open_alerts', 'Open alerts by kind.', ['kind']);
  const platformStatus = gauge('clipmeter_platform_status', '1 for the status that the platform has.', [
    'platform',
    'status',
  ]);
  const spent = gauge(
    'clipmeter_day_spending_usd',
    'Dollars of the UTC day as the limit sees them, unbilled runs at what they may cost; a float for display.',
    ['platform'],
  );
  const limit = gauge('clipmeter_day_limit_usd', "The day's limit of each platform; no value without a limit.", [
    'platform',
  ]);

  return ({ health, lateness, spending }) => {
    ready.set(Number(health.ready));
    databaseUp.set(Number(health.database === 'reachable'));
    followerLag.set(health.follower.lagMs / 1_000);
    sockets.set(health.sockets);
    subscriptions.set(health.subscribers);
    for (const [name, { totalCount, idleCount, waitingCount }] of Object.entries(deps.pools)) {
      pool.set({ pool: name, state: 'busy' }, totalCount - idleCount);
      pool.set({ pool: name, state: 'idle' }, idleCount);
      poolWaiting.set({ pool: name }, waitingCount);
    }

    for (const shared of [due, oldestDue, tickLate, queue, alerts, platformStatus, spent, limit]) shared.reset();
    horizonHeld.remove();
    if (lateness === null) return;

    horizonHeld.set(health.horizon?.seconds ?? 0);
    for (const { platform, due: count, oldestDueSeconds, tickLateSeconds } of lateness) {
      due.set({ platform }, count);
      oldestDue.set({ platform }, oldestDueSeconds);
      tickLate.set({ platform }, tickLateSeconds);
    }
    const queues = new Map(health.queues.map((row) => [row.name, row]));
    for (const name of new Set([...QUEUES.map((known) => known.name), ...queues.keys()])) {
      const row = queues.get(name);
      for (const state of ['waiting', 'active', 'failed'] as const)
        queue.set({ queue: name, state }, row?.[state] ?? 0);
    }
    for (const kind of ALERT_KINDS) alerts.set({ kind }, 0);
    for (const { kind } of health.alerts) alerts.inc({ kind });
    for (const platform of PLATFORMS) {
      const known = health.platforms.find((row) => row.platform === platform)?.status;
      for (const status of STATUSES) platformStatus.set({ platform, status }, Number(known === status));
    }
    for (const { platform, spentMicros } of spending) {
      spent.set({ platform }, usdForDisplay(spentMicros));
      if (deps.limitMicros !== null) limit.set({ platform }, usdForDisplay(deps.limitMicros));
    }
  };
}

import { PLATFORMS, type Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';
import { QUEUE_SCHEMA } from '#src/queues.ts';

export interface PlatformWork {
  platform: Platform;
  status: 'OK' | 'DELAYED' | 'STOPPED';
  since: string;
  reason: string | null;
  version: number;
  retryAt: string | null;
  lastSuccessAt: string | null;
  lastError: string | null;
  lastErrorAt: string | null;
  scheduled: number;
  due: number;
  leased: number;
  lagMs: number;
  today: {
    runs: number;
    failedRuns: number;
    read: number;
    unknown: number;
    unavailable: number;
    credited: string;
    cost: string;
  };
}

/** Each platform's state, what is due on it, and what its runs did since a moment (midnight UTC). */
export async function readPlatformWork(client: Queryable, at: { now: Date; since: Date }): Promise<PlatformWork[]> {
  const { rows } = await client.query<{
    platform: Platform;
    status: 'OK' | 'DELAYED' | 'STOPPED';
    since: Date;
    reason: string | null;
    version: string;
    retry_at: Date | null;
    last_success_at: Date | null;
    last_error: string | null;
    last_error_at: Date | null;
    scheduled: string;
    due: string;
    leased: string;
    oldest_due_at: Date | null;
    runs: string;
    failed_runs: string;
    read: string;
    unknown: string;
    unavailable: string;
    credited: string;
    cost: string;
  }>(
    `SELECT p.platform, p.status, p.since, p.reason, p.version, p.retry_at, p.last_success_at, p.last_error, p.last_error_at,
       coalesce(s.scheduled, 0) AS scheduled, coalesce(s.due, 0) AS due, coalesce(s.leased, 0) AS leased, s.oldest_due_at,
       coalesce(r.runs, 0) AS runs, coalesce(r.failed_runs, 0) AS failed_runs, coalesce(r.read, 0) AS read,
       coalesce(r.unknown, 0) AS unknown, coalesce(r.unavailable, 0) AS unavailable,
       coalesce(r.credited, 0)::numeric(20,6) AS credited, coalesce(r.cost, 0)::numeric(20,6) AS cost
     FROM platform_states p
     LEFT JOIN (
       SELECT platform, count(*) AS scheduled,
         count(*) FILTER (WHERE next_due_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)) AS due,
         count(*) FILTER (WHERE lease_until > $1) AS leased,
         min(next_due_at) FILTER (WHERE next_due_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)) AS oldest_due_at
       FROM clip_schedules GROUP BY platform) s ON s.platform = p.platform
     LEFT JOIN (
       SELECT platform, count(*) AS runs, count(*) FILTER (WHERE status = 'FAILED') AS failed_runs, sum(read) AS read,
         sum(unknown) AS unknown, sum(unavailable) AS unavailable, sum(credited) AS credited, sum(cost) AS cost
       FROM scrape_runs WHERE platform = ANY ($3::text[]) AND created_at >= $2 GROUP BY platform) r ON r.platform = p.platform
     ORDER BY p.platform`,
    [at.now, at.since, PLATFORMS],
  );
  return rows.map((row) => ({
    platform: row.platform,
    status: row.status,
    since: row.since.toISOString(),
    reason: row.reason,
    version: Number(row.version),
    retryAt: row.retry_at?.toISOString() ?? null,
    lastSuccessAt: row.last_success_at?.toISOString() ?? null,
    lastError: row.last_error,
    lastErrorAt: row.last_error_at?.toISOString() ?? null,
    scheduled: Number(row.scheduled),
    due: Number(row.due),
    leased: Number(row.leased),
    lagMs: row.oldest_due_at === null ? 0 : Math.max(0, at.now.getTime() - row.oldest_due_at.getTime()),
    today: {
      runs: Number(row.runs),
      failedRuns: Number(row.failed_runs),
      read: Number(row.read),
      unknown: Number(row.unknown),
      unavailable: Number(row.unavailable),
      credited: row.credited,
      cost: row.cost,
    },
  }));
}

export interface RunRow {
  runId: string;
  platform: Platform;
  source: string;
  status: 'RECORDED' | 'STARTED' | 'SETTLED' | 'FAILED';
  claimed: number;
  read: number | null;
  unknown: number | null;
  unavailable: number | null;
  credited: string | null;
  cost: string | null;
  costIsFinal: boolean;
  durationMs: number | null;
  error: string | null;
  createdAt: string;
  endedAt: string | null;
}

/** The latest runs, newest first. */
export async function readRuns(client: Queryable, limit: number): Promise<RunRow[]> {
  const { rows } = await client.query<{
    id: string;
    platform: Platform;
    source: string;
    status: RunRow['status'];
    claimed: number;
    read: number | null;
    unknown: number | null;
    unavailable: number | null;
    credited: string | null;
    cost: string | null;
    cost_is_final: boolean;
    duration_ms: string | null;
    error: string | null;
    created_at: Date;
    ended_at: Date | null;
  }>(
    // Some of each platform by its index, then the newest of them: no scan of all runs.
    `SELECT r.* FROM unnest($1::text[]) AS p (platform)
     CROSS JOIN LATERAL (
       SELECT id, platform, source, status, claimed, read, unknown, unavailable, credited, cost, cost_is_final, duration_ms,
         error, created_at, ended_at
       FROM scrape_runs WHERE platform = p.platform ORDER BY created_at DESC LIMIT $2) r
     ORDER BY r.created_at DESC, r.id DESC LIMIT $2`,
    [PLATFORMS, limit],
  );
  return rows.map((row) => ({
    runId: row.id,
    platform: row.platform,
    source: row.source,
    status: row.status,
    claimed: row.claimed,
    read: row.read,
    unknown: row.unknown,
    unavailable: row.unavailable,
    credited: row.credited,
    cost: row.cost,
    costIsFinal: row.cost_is_final,
    durationMs: row.duration_ms === null ? null : Number(row.duration_ms),
    error: row.error,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }));
}

export interface AlertRow {
  id: string;
  kind: string;
  message: string;
  count: number;
  firstSeen: string;
  lastSeen: string;
}

/** Open alerts, the latest seen first. */
export async function readOpenAlerts(client: Queryable, limit: number): Promise<AlertRow[]> {
  const { rows } = await client.query<{
    id: string;
    kind: string;
    message: string;
    count: number;
    first_seen: Date;
    last_seen: Date;
  }>(
    `SELECT id, kind, message, count, first_seen, last_seen FROM alerts WHERE resolved_at IS NULL
     ORDER BY last_seen DESC, id LIMIT $1`,
    [limit],
  );
  return rows.map(({ first_seen, last_seen, ...row }) => ({
    ...row,
    firstSeen: first_seen.toISOString(),
    lastSeen: last_seen.toISOString(),
  }));
}

export interface QueueRow {
  name: string;
  waiting: number;
  active: number;
  failed: number;
}

/** pg-boss's queues that hold something; none before its tables exist. */
export async function readQueues(client: Queryable): Promise<QueueRow[]> {
  const installed = await client.query('SELECT 1 WHERE to_regclass($1) IS NOT NULL', [`${QUEUE_SCHEMA}.job`]);
  if (installed.rowCount === 0) return [];
  const { rows } = await client.query<{ name: string; waiting: string; active: string; failed: string }>(
    `SELECT name, count(*) FILTER (WHERE state IN ('created', 'retry')) AS waiting,
       count(*) FILTER (WHERE state = 'active') AS active, count(*) FILTER (WHERE state = 'failed') AS failed
     FROM ${QUEUE_SCHEMA}.job WHERE state IN ('created', 'retry', 'active', 'failed') GROUP BY name ORDER BY name`,
  );
  return rows.map((row) => ({
    name: row.name,
    waiting: Number(row.waiting),
    active: Number(row.active),
    failed: Number(row.failed),
  }));
}

export interface HorizonHolder {
  ageMs: number;
  /** In words; null: nothing is open. */
  heldBy: string | null;
}

/** The oldest write transaction of this server: everything live waits behind it, from whichever database it is. */
export async function readHorizonHolder(client: Queryable): Promise<HorizonHolder> {
  const { rows } = await client.query<{ pid: number; application_name: string; database: string; seconds: number }>(
    'SELECT pid, application_name, database, seconds FROM horizon_holder()',
  );
  const [row] = rows;
  if (row === undefined) return { ageMs: 0, heldBy: null };
  const { application_name: name, database, pid, seconds } = row;
  return {
    ageMs: Math.max(0, Math.round(seconds * 1_000)),
    heldBy: `${name || 'a client'} in ${database}, process ${pid}`,
  };
}

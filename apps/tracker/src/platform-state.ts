import type { Platform } from '@clipmeter/core/platform';
import { type PlatformStatus, platformNotice } from '@clipmeter/core/platform-notice';
import type { Queryable } from '@clipmeter/db/connect';
import { appendEvents } from '@clipmeter/db/event-log';
import type { Tx } from '@clipmeter/db/transaction';
import type { PlatformChanged, PlatformDetail } from '@clipmeter/realtime/event';
import { ADMIN_TOPIC, PLATFORMS_TOPIC } from '@clipmeter/realtime/topic';

export interface PlatformState {
  readonly platform: Platform;
  readonly status: PlatformStatus;
  readonly since: Date;
  readonly reason: string | null;
  /** Not to be asked before then. */
  readonly retryAt: Date | null;
  /** Troubles in a row. */
  readonly failures: number;
}

interface StateRow {
  platform: Platform;
  status: PlatformStatus;
  since: Date;
  reason: string | null;
  retry_at: Date | null;
  failures: number;
  last_error: string | null;
  last_error_at: Date | null;
  version: string;
}

const COLUMNS = 'platform, status, since, reason, retry_at, failures, last_error, last_error_at, version';

export async function readPlatformState(client: Queryable, platform: Platform): Promise<PlatformState> {
  const { rows } = await client.query<StateRow>(`SELECT ${COLUMNS} FROM platform_states WHERE platform = $1`, [
    platform,
  ]);
  const [row] = rows;
  if (!row) throw new Error(`platform_states has no row for ${platform}`);
  return toState(row);
}

/** The platform answered. Pages are told only if it had been in trouble. */
export async function recordPlatformSuccess(tx: Tx, platform: Platform, now: Date): Promise<void> {
  const { rows } = await tx.query<StateRow>(
    `UPDATE platform_states SET status = 'OK', since = $2, reason = NULL, retry_at = NULL, failures = 0,
       last_success_at = $2, version = version + 1
     WHERE platform = $1 AND status <> 'OK' RETURNING ${COLUMNS}`,
    [platform, now],
  );
  if (rows.length > 0) return tellPages(tx, rows);
  await tx.query(
    'UPDATE platform_states SET last_success_at = GREATEST(last_success_at, $2), failures = 0, retry_at = NULL WHERE platform = $1',
    [platform, now],
  );
}

/** The platform did not answer as it should. `since` is kept while the status stays the same: pages say "since 13:20". */
export async function recordPlatformTrouble(
  tx: Tx,
  trouble: { platform: Platform; status: 'DELAYED' | 'STOPPED'; reason: string; retryAt: Date; now: Date },
): Promise<void> {
  const { rows } = await tx.query<StateRow>(
    `UPDATE platform_states SET status = $2, since = CASE WHEN status = $2 THEN since ELSE $5 END, reason = $3,
       retry_at = $4, failures = failures + 1, last_error = $3, last_error_at = $5, version = version + 1
     WHERE platform = $1 RETURNING ${COLUMNS}`,
    [trouble.platform, trouble.status, trouble.reason, trouble.retryAt, trouble.now],
  );
  await tellPages(tx, rows);
}

function toState(row: StateRow): PlatformState {
  const { platform, status, since, reason, failures } = row;
  return { platform, status, since, reason, failures, retryAt: row.retry_at };
}

/** Everyone is told that it is late, admins alone what it said. */
async function tellPages(tx: Tx, rows: readonly StateRow[]): Promise<void> {
  await appendEvents(tx, [...rows.map(platformChanged), ...rows.map(platformDetail)]);
}

function platformChanged({ platform, status, since, version }: StateRow): PlatformChanged {
  const reason = platformNotice(platform, status);
  return {
    topic: PLATFORMS_TOPIC,
    type: 'platform.changed',
    payload: { platform, status, since: since.toISOString(), reason, version: Number(version) },
  };
}

function platformDetail({ platform, reason, last_error, last_error_at, version }: StateRow): PlatformDetail {
  const lastErrorAt = last_error_at?.toISOString() ?? null;
  return {
    topic: ADMIN_TOPIC,
    type: 'platform.detail',
    payload: { platform, reason, lastError: last_error, lastErrorAt, version: Number(version) },
  };
}

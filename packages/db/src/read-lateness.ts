import { PLATFORMS, type Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';
import { QUEUE_SCHEMA, tickQueue } from '#src/queues.ts';

export interface PlatformLateness {
  readonly platform: Platform;
  /** Due clips that nobody reads, `countMax` at most. */
  readonly due: number;
  /** How long the longest of them has been due; 0 when none is. */
  readonly oldestDueSeconds: number;
  /** How long after its time the latest tick began, or how long the next one is overdue if that is more. */
  readonly tickLateSeconds: number;
}

/**
 * How far the reading is behind its schedule, for each platform. Cheap however many clips there are: it follows the index
 * of due times and stops counting at `countMax`.
 */
export async function readLateness(
  client: Queryable,
  at: { now: Date; countMax: number },
): Promise<readonly PlatformLateness[]> {
  const { rows } = await client.query<{ platform: Platform; due: number; oldest_due_at: Date | null }>(
    `SELECT p.platform, d.due, d.oldest_due_at FROM unnest($1::text[]) AS p (platform)
     CROSS JOIN LATERAL (
       SELECT count(*)::integer AS due, min(next_due_at) AS oldest_due_at FROM (
         SELECT next_due_at FROM clip_schedules
         WHERE platform = p.platform AND next_due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
         ORDER BY next_due_at LIMIT $3) AS waiting) AS d`,
    [PLATFORMS, at.now, at.countMax],
  );
  const ticks = await readTicks(client);
  return rows.map(({ platform, due, oldest_due_at }) => ({
    platform,
    due,
    oldestDueSeconds: oldest_due_at === null ? 0 : Math.max(0, at.now.getTime() - oldest_due_at.getTime()) / 1_000,
    tickLateSeconds: ticks.get(tickQueue(platform)) ?? 0,
  }));
}

/** By queue; none before pg-boss's tables exist. */
async function readTicks(client: Queryable): Promise<ReadonlyMap<string, number>> {
  const installed = await client.query('SELECT 1 WHERE to_regclass($1) IS NOT NULL', [`${QUEUE_SCHEMA}.job`]);
  if (installed.rowCount === 0) return new Map();
  const { rows } = await client.query<{ name: string; late: number }>(
    `SELECT name, GREATEST(0,
         (array_agg(extract(epoch FROM started_on - start_after) ORDER BY started_on DESC)
            FILTER (WHERE started_on IS NOT NULL))[1],
         max(extract(epoch FROM now() - start_after)) FILTER (WHERE state IN ('created', 'retry')))::float8 AS late
     FROM ${QUEUE_SCHEMA}.job WHERE name = ANY ($1) GROUP BY name`,
    [PLATFORMS.map(tickQueue)],
  );
  return new Map(rows.map(({ name, late }) => [name, late]));
}

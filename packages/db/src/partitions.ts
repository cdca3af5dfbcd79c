import assert from 'node:assert/strict';
import type { Queryable } from '#src/connect.ts';

/** How long the event log is kept: a page that was away longer begins with a fresh snapshot. */
export const EVENTS_KEPT_DAYS = 7;

/**
 * Makes the partitions of the coming days and months and drops old events. Safe to repeat; gives up after a few seconds
 * (55P03) if a long reader holds the tables, rather than have everybody queue behind it, and is simply run again.
 */
export async function maintainPartitions(
  client: Queryable,
  now: Date,
  keepDays = EVENTS_KEPT_DAYS,
): Promise<{ made: number; dropped: number }> {
  const { rows } = await client.query<{ made: number; dropped: number }>(
    'SELECT made, dropped FROM maintain_partitions($1, $2)',
    [now, keepDays],
  );
  const [row] = rows;
  assert(row, 'maintain_partitions answered nothing');
  return row;
}

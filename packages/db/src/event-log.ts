import assert from 'node:assert/strict';
import { type Cursor, formatCursor } from '@clipmeter/realtime/cursor';
import type { Queryable } from '#src/connect.ts';
import type { Tx } from '#src/transaction.ts';

/** An event about to be written. Its payload is JSON: money as decimal strings, times as ISO strings. */
export interface NewEvent {
  topic: string;
  type: string;
  payload: unknown;
}

/** The channel that wakes the followers. It carries nothing: the log is what they read. */
export const EVENTS_CHANNEL = 'clipmeter_events';

/**
 * Writes events in the transaction of the change they tell of, in the order given. Followers are woken at its commit,
 * once, however often this is called (Postgres collapses equal notifications of a transaction).
 */
export async function appendEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `WITH written AS (
       INSERT INTO events (topic, type, payload)
       -- One document: an array of them would be escaped here and parsed twice there.
       SELECT e->>0, e->>1, e->2 FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS list (e, place)
       ORDER BY place)
     SELECT pg_notify($2, '')`,
    [JSON.stringify(events.map(({ topic, type, payload }) => [topic, type, payload])), EVENTS_CHANNEL],
  );
}

/**
 * The cursor of the snapshot that the statement sees: whatever the log says after it may be missing from what the
 * snapshot shows, and nothing before it is. A reader asks for it BEFORE it reads (or in one REPEATABLE READ
 * transaction), so that a change in between is told twice rather than never; versions make that harmless.
 */
export async function currentCursor(client: Queryable): Promise<Cursor> {
  const { rows } = await client.query<{ generation: number; xmin: string }>(
    `SELECT cursor_generation AS generation, pg_snapshot_xmin(pg_current_snapshot())::text AS xmin FROM installation`,
  );
  const [row] = rows;
  assert(row, 'the database has no installation row');
  return formatCursor({ generation: row.generation, xid: BigInt(row.xmin), id: 0n });
}

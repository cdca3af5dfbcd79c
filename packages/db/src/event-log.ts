import assert from 'node:assert/strict';
import { type Cursor, formatCursor } from '@clipmeter/realtime/cursor';
import type { Queryable } from '#src/connect.ts';
import { prepared } from '#src/prepared.ts';
import type { Tx } from '#src/transaction.ts';

/** An event about to be written. Its payload is JSON: money as decimal strings, times as ISO strings. */
export interface NewEvent {
  topic: string;
  type: string;
  payload: unknown;
}

/**
 * The channel that wakes the followers. The log is what they read; only sessions that end are named in it, since they
 * cannot wait for the log's horizon.
 */
export const EVENTS_CHANNEL = 'clipmeter_events';

/** Stands in no JSON text and no topic. An array would have to be escaped here and taken apart there, letter by letter. */
const SEPARATOR = '\u001e';

function joined(texts: readonly string[]): string {
  for (const text of texts) assert(!text.includes(SEPARATOR), 'a text of an event holds the separator');
  return texts.join(SEPARATOR);
}

/**
 * Writes events in the transaction of the change they tell of, in the order given. Followers are woken at its commit,
 * once, however often this is called (Postgres collapses equal notifications of a transaction).
 */
export async function appendEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    prepared(`WITH written AS (
       INSERT INTO events (topic, type, payload)
       SELECT topic, type, payload::json
       FROM unnest(string_to_array($1, $4), string_to_array($2, $4), string_to_array($3, $4))
         WITH ORDINALITY AS list (topic, type, payload, place)
       ORDER BY place)
     SELECT pg_notify($5, '')`),
    [
      joined(events.map(({ topic }) => topic)),
      joined(events.map(({ type }) => type)),
      joined(events.map(({ payload }) => JSON.stringify(payload))),
      SEPARATOR,
      EVENTS_CHANNEL,
    ],
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

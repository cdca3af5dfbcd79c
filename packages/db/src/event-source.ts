import assert from 'node:assert/strict';
import { type Cursor, compareCursors, cursorParts, formatCursor } from '@clipmeter/realtime/cursor';
import type { Backlog, EventPage, EventSource, LogEvent } from '@clipmeter/realtime/event-source';
import type { TopicFilter } from '@clipmeter/realtime/topic';
import type { Pool } from '#src/connect.ts';
import { beginGeneration, RESTORED_ELSEWHERE } from '#src/cursor-generation.ts';
import { createEventListener, type EventListenerOptions } from '#src/event-listener.ts';
import { currentCursor } from '#src/event-log.ts';

interface PageRow {
  generation: number;
  restored: boolean;
  xmin: string;
  xmax: string;
  dropped: string;
  xid: string | null;
  id: string;
  topic: string;
  type: string;
  payload: unknown;
  created_at: Date;
}

/** The page and the place of the snapshot it is read from, in one statement: they must be of the same snapshot. */
const PAGE = `
  SELECT place.*, e.xid::text, e.id, e.topic, e.type, e.payload, e.created_at
  FROM (SELECT cursor_generation AS generation, ${RESTORED_ELSEWHERE} AS restored, events_dropped_xid::text AS dropped,
               pg_snapshot_xmin(pg_current_snapshot())::text AS xmin, pg_snapshot_xmax(pg_current_snapshot())::text AS xmax
        FROM installation) AS place
  LEFT JOIN LATERAL (
    SELECT * FROM events
    WHERE (xid, id) > ($1::xid8, $2::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot())
      AND ($3::text[] IS NULL OR topic = ANY ($3) OR EXISTS (SELECT FROM unnest($4::text[]) AS prefix WHERE starts_with(topic, prefix)))
    ORDER BY xid, id LIMIT $5) AS e ON true
  ORDER BY e.xid, e.id`;

const OLDEST_AFTER = `
  SELECT e.created_at, holder.pid, holder.application_name, holder.database, holder.state, holder.seconds
  FROM (SELECT xid, created_at FROM events WHERE (xid, id) > ($1::xid8, $2::bigint) ORDER BY xid, id LIMIT 1) AS e
  LEFT JOIN horizon_holder() AS holder ON e.xid >= pg_snapshot_xmin(pg_current_snapshot())`;

/** The event log of this database, for followers and subscriptions. `close` ends its own connection, not the pool. */
export function createEventSource(pool: Pool, listen: EventListenerOptions): EventSource & { close(): Promise<void> } {
  const listener = createEventListener(listen);

  async function readAfter(after: Cursor, limit: number, topics?: readonly TopicFilter[]): Promise<EventPage> {
    assert(limit >= 1, 'a page has room for at least one event');
    const from = cursorParts(after);
    const { exact, prefixes } = filterColumns(topics);
    const values = [String(from.xid), String(from.id), exact, prefixes, limit];
    // The follower's is the same again and again: named, its connection need not parse and plan it each time, which takes
    // longer than running it. With topics the plan depends on them.
    const name = topics === undefined ? { name: 'event-page' } : {};
    const { rows } = await pool.query<PageRow>({ ...name, text: PAGE, values });
    const [place] = rows;
    assert(place, 'the database has no installation row');
    if (place.restored) {
      await beginGeneration(pool);
      return { lost: true };
    }
    const fromFuture = from.xid > BigInt(place.xmax);
    const dropped = from.xid <= BigInt(place.dropped);
    if (from.generation !== place.generation || fromFuture || dropped) return { lost: true };
    const events = rows.filter((row) => row.xid !== null).map((row) => toEvent(row));
    const last = events.at(-1);
    const edge = formatCursor({ generation: place.generation, xid: BigInt(place.xmin), id: 0n });
    const horizon = events.length === limit && last ? last.cursor : later(after, edge);
    return { lost: false, events, horizon };
  }

  async function backlog(after: Cursor): Promise<Backlog> {
    const { xid, id } = cursorParts(after);
    const { rows } = await pool.query<HolderRow>(OLDEST_AFTER, [String(xid), String(id)]);
    const [row] = rows;
    return { oldestAt: row?.created_at ?? null, heldBy: row?.pid ? inWords(row) : null };
  }

  const { onNudge, onSessionNotice, close } = listener;
  return { readAfter, head: () => currentCursor(pool), backlog, onNudge, onSessionNotice, close };
}

function toEvent(row: PageRow): LogEvent {
  const cursor = formatCursor({ generation: row.generation, xid: BigInt(row.xid ?? 0), id: BigInt(row.id) });
  return { cursor, topic: row.topic, type: row.type, payload: row.payload, at: row.created_at };
}

function filterColumns(topics?: readonly TopicFilter[]): { exact: string[] | null; prefixes: string[] } {
  if (!topics) return { exact: null, prefixes: [] };
  const prefixes = topics.flatMap((topic) => (typeof topic === 'string' ? [] : [topic.prefix]));
  return { exact: topics.filter((topic) => typeof topic === 'string'), prefixes };
}

function later(a: Cursor, b: Cursor): Cursor {
  return compareCursors(a, b) > 0 ? a : b;
}

interface HolderRow {
  created_at: Date;
  pid: number | null;
  application_name: string;
  database: string;
  state: string;
  seconds: number;
}

function inWords({ pid, application_name, database, state, seconds }: HolderRow): string {
  return `process ${pid} (${application_name || 'unnamed'}, ${database}, ${state}) for ${Math.round(seconds)} s`;
}

import type { Cursor } from '#src/cursor.ts';
import type { TopicFilter } from '#src/topic.ts';

/** A row of the event log. Its payload is checked where it leaves for a browser; inside it is passed on as it is. */
export interface LogEvent {
  cursor: Cursor;
  topic: string;
  type: string;
  payload: unknown;
  /** When it was written (the transaction's start, by the database's clock). */
  at: Date;
}

/**
 * Up to `limit` events after a cursor, in cursor order, and `horizon`: where a reader that has taken them stands. If the
 * page is full that is its last event's cursor; otherwise it is the place below which nothing can appear any more.
 * `lost` means that the log no longer holds everything after the cursor (dropped partitions, another generation, a
 * cursor from the future): the reader needs a fresh snapshot.
 */
export type EventPage = { lost: false; events: LogEvent[]; horizon: Cursor } | { lost: true };

/** What a follower knows about events it cannot read yet because an older transaction is still open. */
export interface Backlog {
  /** The oldest event after the cursor, readable or not. */
  oldestAt: Date | null;
  /** Who holds the horizon, in words (process id, application, age), if something does. */
  heldBy: string | null;
}

/** A session has ended, or a user's role or suspension has changed: of whom sockets may no longer be open. */
export type SessionNotice = { type: 'session.ended'; sessionId: string } | { type: 'access.changed'; userId: string };

/**
 * The event log as the live parts see it; `db` implements it. It reads only below `pg_snapshot_xmin`, so a page is never
 * joined later by an event that belongs before its horizon.
 */
export interface EventSource {
  readAfter(after: Cursor, limit: number, topics?: readonly TopicFilter[]): Promise<EventPage>;
  /** The horizon now: nothing that is already readable comes after it. */
  head(): Promise<Cursor>;
  backlog(after: Cursor): Promise<Backlog>;
  /** Calls back when something was probably written. Only a nudge: it may come late, twice or never. */
  onNudge(callback: () => void): () => void;
  /** Calls back at the commit, however far behind the log's horizon is. May never come: the log says the same. */
  onSessionNotice(callback: (notice: SessionNotice) => void): () => void;
}

import { type Cursor, compareCursors, formatCursor } from '#src/cursor.ts';
import type { Backlog, EventPage, EventSource, LogEvent } from '#src/event-source.ts';
import { type TopicFilter, topicMatches } from '#src/topic.ts';

/** An event log without a database, for tests of what stands on one. Each write is a transaction of its own. */
export class MemoryEventLog implements EventSource {
  readonly #events: LogEvent[] = [];
  readonly #nudges = new Set<() => void>();
  #xid = 100n;
  #keptFrom: Cursor = formatCursor({ generation: 1, xid: 0n, id: 0n });
  /** How often it was read. */
  reads = 0;
  /** The next reads fail with it. */
  failure: Error | null = null;
  /** Whether a write nudges; a real nudge may be lost. */
  nudging = true;

  write(topic: string, type: string, payload: unknown, at = new Date(0)): Cursor {
    const cursor = formatCursor({ generation: 1, xid: this.#xid, id: this.#xid });
    this.#xid += 1n;
    this.#events.push({ cursor, topic, type, payload, at });
    if (this.nudging) for (const nudge of this.#nudges) nudge();
    return cursor;
  }

  /** Drops everything written so far, as old partitions are dropped. */
  forget(): void {
    this.#events.length = 0;
    this.#keptFrom = this.#horizon();
  }

  async readAfter(after: Cursor, limit: number, topics?: readonly TopicFilter[]): Promise<EventPage> {
    if (this.failure !== null) throw this.failure;
    this.reads += 1;
    if (compareCursors(after, this.#keptFrom) < 0) return { lost: true };
    const wanted = this.#events.filter(
      (event) =>
        compareCursors(event.cursor, after) > 0 && (topics?.some((topic) => topicMatches(topic, event.topic)) ?? true),
    );
    const events = wanted.slice(0, limit);
    return {
      lost: false,
      events,
      horizon: events.length === limit ? (events.at(-1)?.cursor ?? after) : this.#horizon(),
    };
  }

  async head(): Promise<Cursor> {
    if (this.failure !== null) throw this.failure;
    return this.#horizon();
  }

  async backlog(): Promise<Backlog> {
    return { oldestAt: null, heldBy: null };
  }

  onNudge(callback: () => void): () => void {
    this.#nudges.add(callback);
    return () => this.#nudges.delete(callback);
  }

  onSessionNotice(): () => void {
    return () => {};
  }

  #horizon(): Cursor {
    return formatCursor({ generation: 1, xid: this.#xid, id: 0n });
  }
}

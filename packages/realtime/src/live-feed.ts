import { type Cursor, compareCursors } from '#src/cursor.ts';
import type { EventSource, LogEvent } from '#src/event-source.ts';
import type { Hub, Listener } from '#src/hub.ts';
import { type BufferBudget, type BufferItem, SubscriberBuffer } from '#src/subscriber-buffer.ts';
import type { TopicFilter } from '#src/topic.ts';

/**
 * An event, with the cursor that a reconnection gives back as `after`. Or a reset: what came before its cursor can no
 * longer be told one by one, so the reader fetches a snapshot; the feed goes on behind it.
 */
export type LiveItem = { kind: 'event'; cursor: Cursor; event: LogEvent } | { kind: 'reset'; cursor: Cursor };

/** Where a feed's items go. */
export interface LiveSink {
  /** Whether an item may come now. Who says no calls `resume` on the feed when that has changed. */
  hasRoom(): boolean;
  take(item: LiveItem): void;
  /** The log could not be read; nothing comes any more. */
  fail(error: unknown): void;
}

export interface LiveFeedOptions {
  source: EventSource;
  hub: Hub;
  topics: readonly TopicFilter[];
  /** The cursor of the snapshot that the reader has; null if it has none. */
  after: Cursor | null;
  /** Shared by feeds whose waiting events are bounded together. */
  budget?: BufferBudget | undefined;
  pageMax?: number;
  /** Events of a page that are kept for a reader without room; the rest is read again when there is room. */
  keptMax?: number;
}

const PAGE_MAX = 500;
/** Who has missed more fetches afresh: what the log still holds may be a week. */
const GAP_EVENTS_MAX = 2_000;

/**
 * Everything on some topics after a cursor, in order, until it is stopped. It listens first and reads the gap second:
 * what is written meanwhile is in the buffer, and what is in both is skipped by its cursor. So a reader that is cut off
 * and comes back misses nothing and sees nothing twice. A reader without room gets the latest values later, or a reset;
 * one with room is handed each event as it is published, in the same turn.
 */
export class LiveFeed implements Listener {
  readonly #hub: Hub;
  readonly #topics: readonly TopicFilter[];
  readonly #budget: BufferBudget | undefined;
  readonly #sink: LiveSink;
  /** Forgotten once the gap has been read: a process holds thousands of feeds, most of them idle. */
  #gap: Pick<LiveFeedOptions, 'source' | 'after' | 'pageMax' | 'keptMax'> | null;
  #state: 'new' | 'gap' | 'live' | 'stopped' = 'new';
  /** Null while nothing waits, which is nearly always. */
  #buffer: SubscriberBuffer | null = null;
  #wake: (() => void) | null = null;
  /** What was read as the gap reaches to here; null once the hub's events are behind it. */
  #gapEnd: Cursor | null = null;

  constructor(options: LiveFeedOptions, sink: LiveSink) {
    this.#hub = options.hub;
    this.#topics = options.topics;
    this.#budget = options.budget;
    this.#gap = options;
    this.#sink = sink;
  }

  start(): void {
    this.#state = 'gap';
    this.#hub.listen(this.#topics, this);
    this.#readGap().catch((error: unknown) => {
      if (this.#isStopped()) return;
      this.stop();
      this.#sink.fail(error);
    });
  }

  stop(): void {
    this.#state = 'stopped';
    this.#hub.leave(this.#topics, this);
    this.#buffer?.clear();
    this.#buffer = null;
    this.#wake?.();
  }

  /** The sink has room again. */
  resume(): void {
    this.#wake?.();
    if (this.#state === 'live') this.#drain();
  }

  push(event: LogEvent, characters: number): void {
    if (this.#isOpen()) this.#offer({ kind: 'event', cursor: event.cursor, latest: event.cursor, event });
    else this.#waiting().push(event, characters);
  }

  reset(cursor: Cursor): void {
    if (this.#isOpen()) this.#offer({ kind: 'reset', cursor });
    else this.#waiting().reset(cursor);
  }

  #isOpen(): boolean {
    return this.#state === 'live' && this.#buffer === null && this.#sink.hasRoom();
  }

  #isStopped(): boolean {
    return this.#state === 'stopped';
  }

  #waiting(): SubscriberBuffer {
    this.#buffer ??= new SubscriberBuffer(this.#hub.limits, this.#budget);
    return this.#buffer;
  }

  async #readGap(): Promise<void> {
    if (this.#gap === null) return;
    const { source, after, pageMax = PAGE_MAX, keptMax = 1 } = this.#gap;
    let last = after;
    let told = 0;
    while (last !== null && !this.#isStopped()) {
      await this.#room();
      const page = await source.readAfter(last, pageMax, this.#topics);
      if (page.lost || told >= GAP_EVENTS_MAX) {
        last = null;
        break;
      }
      const isFull = page.events.length >= pageMax;
      let next = page.horizon;
      for (const [index, event] of page.events.entries()) {
        if (!this.#sink.hasRoom() && page.events.length - index > keptMax) {
          page.events.splice(index + keptMax);
          next = page.events.at(-1)?.cursor ?? last;
        }
        await this.#room();
        if (this.#isStopped()) return;
        this.#sink.take({ kind: 'event', cursor: event.cursor, event });
        told += 1;
      }
      const isRest = next !== page.horizon;
      last = next;
      if (!isFull && !isRest) break;
    }
    if (last === null) {
      last = await source.head();
      await this.#room();
      if (this.#isStopped()) return;
      this.#sink.take({ kind: 'reset', cursor: last });
    }
    if (this.#isStopped()) return;
    this.#gap = null;
    this.#gapEnd = last;
    this.#state = 'live';
    this.#drain();
  }

  async #room(): Promise<void> {
    while (!this.#isStopped() && !this.#sink.hasRoom()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }

  #drain(): void {
    while (this.#buffer !== null && this.#sink.hasRoom()) {
      const item = this.#buffer.take();
      if (item === null) this.#buffer = null;
      else this.#offer(item);
    }
  }

  #offer(item: BufferItem): void {
    if (this.#gapEnd === null) {
      this.#sink.take(item);
      return;
    }
    if (compareCursors(item.kind === 'reset' ? item.cursor : item.latest, this.#gapEnd) <= 0) return;
    // A conflated event may begin before what was read as the gap; its newer part was not in it.
    const cursor = compareCursors(item.cursor, this.#gapEnd) > 0 ? item.cursor : this.#gapEnd;
    // The hub's events come in order: after the first one behind the gap there is nothing to compare any more.
    if (cursor === item.cursor) this.#gapEnd = null;
    this.#sink.take(item.kind === 'reset' ? { kind: 'reset', cursor } : { kind: 'event', cursor, event: item.event });
  }
}

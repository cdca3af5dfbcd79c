import { type Cursor, compareCursors } from '#src/cursor.ts';
import type { EventSource, LogEvent } from '#src/event-source.ts';
import type { Hub } from '#src/hub.ts';
import type { TopicFilter } from '#src/topic.ts';

export interface LiveStreamOptions {
  source: EventSource;
  hub: Hub;
  topics: readonly TopicFilter[];
  /** The cursor of the snapshot that the reader has; null if it has none. */
  after: Cursor | null;
  signal: AbortSignal;
  /** Resolves when the reader has room for the next item; until then its buffer fills, and is conflated. */
  drained?: ((signal: AbortSignal) => Promise<void>) | undefined;
  pageMax?: number;
}

/**
 * An event, with the cursor that a reconnection gives back as `after`. Or a reset: what came before its cursor can no
 * longer be told one by one, so the reader fetches a snapshot; the stream goes on behind it.
 */
export type LiveItem = { kind: 'event'; cursor: Cursor; event: LogEvent } | { kind: 'reset'; cursor: Cursor };

const PAGE_MAX = 500;

/**
 * Everything on some topics after a cursor, in order, until the signal aborts. It listens first and reads the gap
 * second: what is written meanwhile is in the buffer, and what is in both is skipped by its cursor. So a reader that is
 * cut off and comes back misses nothing and sees nothing twice.
 */
export async function* liveStream(options: LiveStreamOptions): AsyncGenerator<LiveItem, void, undefined> {
  const { source, hub, topics, signal, drained, pageMax = PAGE_MAX } = options;
  const subscription = hub.subscribe(topics, signal);
  try {
    let last: Cursor | null = options.after;
    while (last !== null && !signal.aborted) {
      const page = await source.readAfter(last, pageMax, topics);
      if (page.lost) {
        last = null;
        break;
      }
      for (const event of page.events) {
        await drained?.(signal);
        yield { kind: 'event', cursor: event.cursor, event };
      }
      last = page.horizon;
      if (page.events.length < pageMax) break;
    }
    if (last === null) {
      last = await source.head();
      yield { kind: 'reset', cursor: last };
    }
    for await (const item of subscription) {
      if (compareCursors(item.kind === 'reset' ? item.cursor : item.latest, last) <= 0) continue;
      // A conflated event may begin before what was read as the gap; its newer part was not in it.
      if (item.kind === 'reset' || compareCursors(item.cursor, last) > 0) last = item.cursor;
      yield item.kind === 'reset'
        ? { kind: 'reset', cursor: last }
        : { kind: 'event', cursor: last, event: item.event };
      await drained?.(signal);
    }
  } finally {
    subscription.close();
  }
}

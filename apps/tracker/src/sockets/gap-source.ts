import type { Cursor } from '@clipmeter/realtime/cursor';
import type { EventPage, EventSource, SessionNotice } from '@clipmeter/realtime/event-source';
import type { TopicFilter } from '@clipmeter/realtime/topic';

/**
 * The event log for subscriptions that begin: so many reads at once, first come, first served. Thousands that begin
 * together, by attack or after a restart, leave connections to the follower, which everyone waits for.
 */
export class GapSource implements EventSource {
  readonly #source: EventSource;
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  #reading = 0;
  /** A read of the head that has not begun, so that who asks now may have its answer too. */
  #nextHead: Promise<Cursor> | null = null;

  constructor(source: EventSource, atOnce: number) {
    this.#source = source;
    this.#atOnce = atOnce;
  }

  readAfter(after: Cursor, limit: number, topics?: readonly TopicFilter[]): Promise<EventPage> {
    return this.#inTurn(() => this.#source.readAfter(after, limit, topics));
  }

  head(): Promise<Cursor> {
    this.#nextHead ??= this.#inTurn(() => {
      this.#nextHead = null;
      return this.#source.head();
    });
    return this.#nextHead;
  }

  backlog(after: Cursor): ReturnType<EventSource['backlog']> {
    return this.#source.backlog(after);
  }

  onNudge(callback: () => void): () => void {
    return this.#source.onNudge(callback);
  }

  onSessionNotice(callback: (notice: SessionNotice) => void): () => void {
    return this.#source.onSessionNotice(callback);
  }

  async #inTurn<T>(read: () => Promise<T>): Promise<T> {
    if (this.#reading >= this.#atOnce) {
      // Whoever ends hands the turn on.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#reading += 1;
      // Those of this turn of the event loop come together.
      await null;
    }
    try {
      return await read();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#reading -= 1;
      else next();
    }
  }
}

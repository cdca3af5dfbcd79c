import { conflate, conflationKey } from '#src/conflation.ts';
import type { Cursor } from '#src/cursor.ts';
import type { LogEvent } from '#src/event-source.ts';

/**
 * What a subscriber takes next. `cursor` is where a reconnection would start to lose nothing; `latest` is the newest
 * event in it (they differ only for a conflated one). A reset stands for everything up to its cursor.
 */
export type BufferItem =
  | { kind: 'event'; cursor: Cursor; latest: Cursor; event: LogEvent }
  | { kind: 'reset'; cursor: Cursor };

export interface BufferLimits {
  /** Above this many waiting events, those about the same thing become one. */
  conflateAbove: number;
  eventsMax: number;
  /** JSON characters of all buffers of a budget; two bytes each at worst, so nearly the 1 MiB that a socket may cost. */
  charactersMax: number;
}

export const BUFFER_LIMITS: BufferLimits = { conflateAbove: 64, eventsMax: 2_000, charactersMax: 448 * 1024 };

/** What buffers that are bounded together hold: those of one socket. */
export interface BufferBudget {
  characters: number;
}

interface Waiting {
  cursor: Cursor;
  latest: Cursor;
  event: LogEvent;
  key: string | null;
  characters: number;
}

/**
 * What one subscriber has not taken yet, in order and bounded: a slow one gets the latest values (conflation), a slower
 * one loses the buffer and is told to fetch a snapshot (reset). A conflated event keeps the place of its oldest part, so
 * that a subscriber who is cut off after any item finds everything else in the log behind that item's cursor.
 */
export class SubscriberBuffer {
  readonly #limits: BufferLimits;
  readonly #queue = new Map<Cursor, Waiting>();
  readonly #byKey = new Map<string, Waiting>();
  readonly #budget: BufferBudget;
  #characters = 0;
  #reset: Cursor | null = null;

  constructor(limits: BufferLimits = BUFFER_LIMITS, budget: BufferBudget = { characters: 0 }) {
    this.#limits = limits;
    this.#budget = budget;
  }

  get isEmpty(): boolean {
    return this.#reset === null && this.#queue.size === 0;
  }

  /** Events come in cursor order. */
  push(event: LogEvent, characters: number): void {
    if (this.#reset !== null) {
      this.#reset = event.cursor;
      return;
    }
    if (this.#queue.size < this.#limits.conflateAbove || !this.#join(event)) this.#append(event, characters);
    if (this.#queue.size > this.#limits.eventsMax || this.#budget.characters > this.#limits.charactersMax) {
      this.reset(event.cursor);
    }
  }

  /** Forgets what waits; the subscriber fetches a snapshot, which is at least as new as the cursor. */
  reset(cursor: Cursor): void {
    this.clear();
    this.#reset = cursor;
  }

  /** Forgets what waits. */
  clear(): void {
    this.#queue.clear();
    this.#byKey.clear();
    this.#hold(-this.#characters);
  }

  take(): BufferItem | null {
    if (this.#reset !== null) {
      const cursor = this.#reset;
      this.#reset = null;
      return { kind: 'reset', cursor };
    }
    for (const waiting of this.#queue.values()) {
      const { cursor, latest, event, key } = waiting;
      this.#queue.delete(cursor);
      if (key !== null && this.#byKey.get(key) === waiting) this.#byKey.delete(key);
      this.#hold(-waiting.characters);
      return { kind: 'event', cursor, latest, event };
    }
    return null;
  }

  #append(event: LogEvent, characters: number): void {
    const key = conflationKey(event);
    const waiting: Waiting = { cursor: event.cursor, latest: event.cursor, event, key, characters };
    this.#queue.set(event.cursor, waiting);
    if (key !== null) this.#byKey.set(key, waiting);
    this.#hold(characters);
  }

  #hold(characters: number): void {
    this.#characters += characters;
    this.#budget.characters += characters;
  }

  #join(event: LogEvent): boolean {
    const key = conflationKey(event);
    const waiting = key === null ? undefined : this.#byKey.get(key);
    const joined = waiting === undefined ? null : conflate(waiting.event, event);
    if (waiting === undefined || joined === null) return false;
    this.#hold(-waiting.characters);
    waiting.event = joined;
    waiting.latest = event.cursor;
    waiting.characters = charactersOf(joined);
    this.#hold(waiting.characters);
    return true;
  }
}

/** How long the event is as JSON. */
export function charactersOf(event: LogEvent): number {
  return JSON.stringify(event.payload).length + event.topic.length + event.type.length;
}

import type { Cursor } from '#src/cursor.ts';
import type { LogEvent } from '#src/event-source.ts';
import {
  BUFFER_LIMITS,
  type BufferItem,
  type BufferLimits,
  charactersOf,
  SubscriberBuffer,
} from '#src/subscriber-buffer.ts';
import type { TopicFilter } from '#src/topic.ts';

/** A subscriber's end of the hub: takes items in order until it is closed. */
export interface Subscription extends AsyncIterable<BufferItem> {
  close(): void;
}

/** Who is handed events as they are published. */
export interface Listener {
  /** `characters`: how long the event is as JSON. */
  push(event: LogEvent, characters: number): void;
  reset(cursor: Cursor): void;
}

/**
 * Hands the follower's events to the subscribers of this process, each with its own bounded buffer. Publishing never
 * waits for a subscriber.
 */
export class Hub {
  /** What may wait for one subscriber. */
  readonly limits: BufferLimits;
  readonly #byTopic = new Map<string, Set<Listener>>();
  readonly #byPrefix = new Map<string, Set<Listener>>();
  readonly #all = new Set<Listener>();

  constructor(limits: BufferLimits = BUFFER_LIMITS) {
    this.limits = limits;
  }

  /** Shown in health. */
  get subscribers(): number {
    return this.#all.size;
  }

  /** Takes everything published from now on; who subscribes reads what came before from the log. */
  subscribe(topics: readonly TopicFilter[], signal?: AbortSignal): Subscription {
    const subscriber = new Subscriber(new SubscriberBuffer(this.limits), () => {
      signal?.removeEventListener('abort', subscriber.close);
      this.leave(topics, subscriber);
    });
    this.listen(topics, subscriber);
    signal?.addEventListener('abort', subscriber.close, { once: true });
    if (signal?.aborted) subscriber.close();
    return subscriber;
  }

  /** The same for who is called back, in the turn of the publishing, until it leaves; it must not throw. */
  listen(topics: readonly TopicFilter[], listener: Listener): void {
    this.#all.add(listener);
    for (const topic of topics) this.#add(topic, listener);
  }

  /** With the topics that were listened to. */
  leave(topics: readonly TopicFilter[], listener: Listener): void {
    this.#all.delete(listener);
    for (const topic of topics) this.#remove(topic, listener);
  }

  /** Events in cursor order, each published once. */
  publish(events: readonly LogEvent[]): void {
    for (const event of events) {
      const following = this.#following(event.topic);
      if (following.length === 0) continue;
      const characters = charactersOf(event);
      following.forEach((listeners, index) => {
        const earlier = following.slice(0, index);
        for (const listener of listeners) {
          // Who follows a topic and its prefix gets the event once.
          if (!earlier.some((set) => set.has(listener))) listener.push(event, characters);
        }
      });
    }
  }

  /** The follower lost its place in the log: everyone fetches a snapshot. */
  reset(cursor: Cursor): void {
    for (const listener of this.#all) listener.reset(cursor);
  }

  #following(topic: string): ReadonlySet<Listener>[] {
    const following = [...this.#byPrefix].filter(([prefix]) => topic.startsWith(prefix)).map(([, set]) => set);
    const exact = this.#byTopic.get(topic);
    return exact === undefined ? following : [exact, ...following];
  }

  #index(topic: TopicFilter): [Map<string, Set<Listener>>, string] {
    return typeof topic === 'string' ? [this.#byTopic, topic] : [this.#byPrefix, topic.prefix];
  }

  #add(topic: TopicFilter, listener: Listener): void {
    const [index, key] = this.#index(topic);
    const listeners = index.get(key) ?? new Set();
    listeners.add(listener);
    index.set(key, listeners);
  }

  #remove(topic: TopicFilter, listener: Listener): void {
    const [index, key] = this.#index(topic);
    const listeners = index.get(key);
    listeners?.delete(listener);
    if (listeners?.size === 0) index.delete(key);
  }
}

class Subscriber implements Subscription, Listener {
  readonly #buffer: SubscriberBuffer;
  readonly #onClose: () => void;
  #wake: (() => void) | null = null;
  #closed = false;

  constructor(buffer: SubscriberBuffer, onClose: () => void) {
    this.#buffer = buffer;
    this.#onClose = onClose;
  }

  push(event: LogEvent, characters: number): void {
    this.#buffer.push(event, characters);
    this.#wake?.();
  }

  reset(cursor: Cursor): void {
    this.#buffer.reset(cursor);
    this.#wake?.();
  }

  readonly close = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose();
    this.#wake?.();
  };

  async *[Symbol.asyncIterator](): AsyncGenerator<BufferItem, void, undefined> {
    try {
      while (!this.#closed) {
        const item = this.#buffer.take();
        if (item !== null) yield item;
        else await this.#filled();
      }
    } finally {
      this.close();
    }
  }

  #filled(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = null;
        resolve();
      };
    });
  }
}

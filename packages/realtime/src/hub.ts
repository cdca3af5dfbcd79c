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

/**
 * Hands the follower's events to the subscribers of this process, each with its own bounded buffer. Publishing never
 * waits for a subscriber.
 */
export class Hub {
  readonly #limits: BufferLimits;
  readonly #byTopic = new Map<string, Set<Subscriber>>();
  readonly #byPrefix = new Map<string, Set<Subscriber>>();
  readonly #all = new Set<Subscriber>();

  constructor(limits: BufferLimits = BUFFER_LIMITS) {
    this.#limits = limits;
  }

  /** Shown in health. */
  get subscribers(): number {
    return this.#all.size;
  }

  /** Takes everything published from now on; who subscribes reads what came before from the log. */
  subscribe(topics: readonly TopicFilter[], signal?: AbortSignal): Subscription {
    const subscriber = new Subscriber(new SubscriberBuffer(this.#limits), () => {
      signal?.removeEventListener('abort', subscriber.close);
      this.#all.delete(subscriber);
      for (const topic of topics) this.#remove(topic, subscriber);
    });
    this.#all.add(subscriber);
    for (const topic of topics) this.#add(topic, subscriber);
    signal?.addEventListener('abort', subscriber.close, { once: true });
    if (signal?.aborted) subscriber.close();
    return subscriber;
  }

  /** Events in cursor order, each published once. */
  publish(events: readonly LogEvent[]): void {
    for (const event of events) {
      const subscribers = this.#following(event.topic);
      if (subscribers.size === 0) continue;
      const characters = charactersOf(event);
      for (const subscriber of subscribers) subscriber.push(event, characters);
    }
  }

  /** The follower lost its place in the log: everyone fetches a snapshot. */
  reset(cursor: Cursor): void {
    for (const subscriber of this.#all) subscriber.reset(cursor);
  }

  // A set: who follows a topic and its prefix gets the event once.
  #following(topic: string): ReadonlySet<Subscriber> {
    const exact = this.#byTopic.get(topic) ?? new Set<Subscriber>();
    const matching = [...this.#byPrefix].filter(([prefix]) => topic.startsWith(prefix));
    return matching.length === 0
      ? exact
      : new Set([...exact, ...matching.flatMap(([, subscribers]) => [...subscribers])]);
  }

  #index(topic: TopicFilter): [Map<string, Set<Subscriber>>, string] {
    return typeof topic === 'string' ? [this.#byTopic, topic] : [this.#byPrefix, topic.prefix];
  }

  #add(topic: TopicFilter, subscriber: Subscriber): void {
    const [index, key] = this.#index(topic);
    const subscribers = index.get(key) ?? new Set();
    subscribers.add(subscriber);
    index.set(key, subscribers);
  }

  #remove(topic: TopicFilter, subscriber: Subscriber): void {
    const [index, key] = this.#index(topic);
    const subscribers = index.get(key);
    subscribers?.delete(subscriber);
    if (subscribers?.size === 0) index.delete(key);
  }
}

class Subscriber implements Subscription {
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

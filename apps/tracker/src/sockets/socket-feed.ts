import type { Viewer } from '@clipmeter/api/context';
import { type LiveSubscription, messageFor } from '@clipmeter/api/live-subscription';
import type { LiveFeed, LiveItem, LiveSink } from '@clipmeter/realtime/live-feed';
import type { BufferBudget } from '@clipmeter/realtime/subscriber-buffer';
import { liveFrame } from '#src/sockets/live-frames.ts';
import type { RequestId } from '#src/sockets/socket-calls.ts';

/** The socket that a feed is written to, and whose it is. */
export interface FeedWire {
  readonly viewer: Viewer | null;
  hasRoom(): boolean;
  write(frame: Buffer): void;
  /** It is told to fetch a snapshot. */
  countSnapshot(): void;
  fail(error: unknown): void;
}

/**
 * One subscription of a socket: holds its request's id while it is being authorised, then writes each item's frame with
 * it, while the socket has room.
 */
export class SocketFeed implements LiveSink {
  readonly id: RequestId;
  readonly #head: string;
  readonly #wire: FeedWire;
  #feed: LiveFeed | null = null;

  /** `head`: how the answers to its request begin. */
  constructor(id: RequestId, head: string, wire: FeedWire) {
    this.id = id;
    this.#head = head;
    this.#wire = wire;
  }

  start(subscription: LiveSubscription, budget: BufferBudget): void {
    this.#feed = subscription.openFeed(this, budget);
    this.#feed.start();
  }

  stop(): void {
    this.#feed?.stop();
  }

  resume(): void {
    this.#feed?.resume();
  }

  hasRoom(): boolean {
    return this.#wire.hasRoom();
  }

  take(item: LiveItem): void {
    if (item.kind === 'reset') this.#wire.countSnapshot();
    const message = messageFor(this.#wire.viewer, item);
    if (message !== null) this.#wire.write(liveFrame(this.#head, item.cursor, message));
  }

  fail(error: unknown): void {
    this.#wire.fail(error);
  }
}

import type { LiveSubscription } from '@clipmeter/api/live-subscription';
import type { LiveFeed, LiveItem, LiveSink } from '@clipmeter/realtime/live-feed';
import type { BufferBudget } from '@clipmeter/realtime/subscriber-buffer';
import { liveFrame } from '#src/sockets/live-frames.ts';
import type { SocketConnection } from '#src/sockets/socket-connection.ts';

type Wire = Pick<SocketConnection, 'hasRoom' | 'write' | 'fail'>;

/** One subscription of a socket: writes each item's frame, with its request's id, while the socket has room. */
export class SocketFeed implements LiveSink {
  readonly #head: string;
  readonly #subscription: LiveSubscription;
  readonly #wire: Wire;
  readonly #feed: LiveFeed;

  /** `head`: how the answers to its request begin. */
  constructor(head: string, subscription: LiveSubscription, wire: Wire, budget: BufferBudget) {
    this.#head = head;
    this.#subscription = subscription;
    this.#wire = wire;
    this.#feed = subscription.openFeed(this, budget);
  }

  start(): void {
    this.#feed.start();
  }

  stop(): void {
    this.#feed.stop();
  }

  resume(): void {
    this.#feed.resume();
  }

  hasRoom(): boolean {
    return this.#wire.hasRoom();
  }

  take(item: LiveItem): void {
    const message = this.#subscription.messageOf(item);
    if (message !== null) this.#wire.write(liveFrame(this.#head, item.cursor, message));
  }

  fail(error: unknown): void {
    this.#wire.fail(error);
  }
}

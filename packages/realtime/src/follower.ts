import { type Clock, SYSTEM_CLOCK } from '#src/clock.ts';
import type { Cursor } from '#src/cursor.ts';
import type { EventSource } from '#src/event-source.ts';
import type { Hub } from '#src/hub.ts';

export interface FollowerOptions {
  source: EventSource;
  hub: Pick<Hub, 'publish' | 'reset'>;
  /** The log could not be read (Postgres restarts, the network): told once a failure; the follower goes on. */
  onError(error: unknown): void;
  clock?: Clock;
  /** A nudge may be lost; this bounds how late an event can be then. */
  pollMs?: number;
  pageMax?: number;
}

/** How far behind the follower is, for health and the tracker page. */
export interface FollowerLag {
  lagMs: number;
  /** Who holds the horizon of the log, in words, while something waits behind it. */
  heldBy: string | null;
}

const POLL_MS = 250;
const PAGE_MAX = 1_000;
/** After a failed read. */
const RETRY_MS = 1_000;
/** How often to ask what waits behind the horizon. */
const BACKLOG_EVERY_MS = 1_000;

/**
 * Follows the event log from where it stands now and publishes to the hub, in the log's order, each event once. Woken by
 * nudges, and every `pollMs` by itself.
 */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #clock: Clock;
  readonly #stopping = new AbortController();
  #cursor: Cursor | null = null;
  #nudged = false;
  #wake: (() => void) | null = null;
  #caughtUpAt: number;
  #backlogAt = 0;
  #oldestWaitingAt: number | null = null;
  #heldBy: string | null = null;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#caughtUpAt = this.#clock.now();
  }

  /** Resolves when it was stopped. Fails only by a fault of its own. */
  async run(): Promise<void> {
    const stopListening = this.#options.source.onNudge(() => {
      this.#nudged = true;
      this.#wake?.();
    });
    try {
      while (!this.#stopping.signal.aborted) {
        const more = await this.#follow();
        if (!more.again) await this.#sleep(more.waitMs);
      }
    } finally {
      stopListening();
    }
  }

  stop(): void {
    this.#stopping.abort();
    this.#wake?.();
  }

  lag(): FollowerLag {
    const now = this.#clock.now();
    const unreadMs = now - this.#caughtUpAt;
    const heldMs = this.#oldestWaitingAt === null ? 0 : now - this.#oldestWaitingAt;
    return { lagMs: Math.max(0, unreadMs, heldMs), heldBy: this.#heldBy };
  }

  async #follow(): Promise<{ again: boolean; waitMs: number }> {
    try {
      const again = await this.#readPage();
      return { again, waitMs: this.#options.pollMs ?? POLL_MS };
    } catch (error) {
      this.#options.onError(error);
      // Nudges come from the same server: after a failure only time helps.
      this.#nudged = false;
      return { again: false, waitMs: RETRY_MS };
    }
  }

  /** Whether there may be more to read at once. */
  async #readPage(): Promise<boolean> {
    const { source, hub, pageMax = PAGE_MAX } = this.#options;
    const readAt = this.#clock.now();
    this.#nudged = false;
    this.#cursor ??= await source.head();
    const page = await source.readAfter(this.#cursor, pageMax);
    if (page.lost) {
      this.#cursor = await source.head();
      hub.reset(this.#cursor);
      return true;
    }
    hub.publish(page.events);
    this.#cursor = page.horizon;
    if (page.events.length >= pageMax) return true;
    this.#caughtUpAt = readAt;
    await this.#lookBehindHorizon(readAt);
    return false;
  }

  async #lookBehindHorizon(now: number): Promise<void> {
    if (this.#cursor === null || now - this.#backlogAt < BACKLOG_EVERY_MS) return;
    this.#backlogAt = now;
    const backlog = await this.#options.source.backlog(this.#cursor);
    this.#oldestWaitingAt = backlog.oldestAt?.getTime() ?? null;
    this.#heldBy = backlog.oldestAt === null ? null : backlog.heldBy;
  }

  #sleep(ms: number): Promise<void> {
    if (this.#nudged || this.#stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        this.#wake = null;
        resolve();
      };
      const cancel = this.#clock.after(ms, wake);
      this.#wake = wake;
    });
  }
}

import type { Duplex } from 'node:stream';
import { appRouter } from '@clipmeter/api/app-router';
import type { ApiContext, Viewer } from '@clipmeter/api/context';
import { LiveSubscription } from '@clipmeter/api/live-subscription';
import type { BufferBudget } from '@clipmeter/realtime/subscriber-buffer';
import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
  transformTRPCResponse,
} from '@trpc/server';
import type { Logger } from 'pino';
import { headOf } from '#src/sockets/live-frames.ts';
import type { LiveSocket } from '#src/sockets/live-socket.ts';
import type { Outbox, Sender } from '#src/sockets/outbox.ts';
import type { SessionWatch } from '#src/sockets/session-watch.ts';
import { inputOf, readCalls, type SocketCall } from '#src/sockets/socket-calls.ts';
import { type FeedWire, SocketFeed } from '#src/sockets/socket-feed.ts';
import { CLOSE, SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';
import type { CloseReason, SocketTally } from '#src/sockets/socket-tally.ts';
import { textFrame } from '#src/sockets/text-frame.ts';
import { TokenBucket } from '#src/sockets/token-bucket.ts';

/** What the connections of a server share. */
export interface ConnectionDeps {
  readonly createContext: (viewer: Viewer | null) => ApiContext;
  readonly log: Logger;
  readonly outbox: Outbox;
  readonly tally: SocketTally;
  /** Whole milliseconds that never go back. */
  readonly now: () => number;
  readonly onClosed: (connection: SocketConnection) => void;
}

const PING = textFrame('PING');
const PONG = textFrame('PONG');
const RECONNECT = textFrame('{"id":null,"method":"reconnect"}');
const NO_FEEDS: readonly SocketFeed[] = [];

/**
 * The server's side of one socket, in tRPC's words (its adapters/ws). tRPC authorises a subscription and parses its
 * input; then the feed's frames go to the transport as they are.
 *
 * There are thousands: what one keeps is counted in bytes (`npm run bench -- fanout`), so listeners, timers and what a
 * call needs are shared or made when they are needed.
 */
export class SocketConnection implements FeedWire, Sender {
  readonly viewer: Viewer | null;
  readonly #socket: LiveSocket;
  readonly #transport: Duplex;
  readonly #deps: ConnectionDeps;
  readonly #session: SessionWatch | null;
  readonly #budget: BufferBudget = { characters: 0 };
  readonly #calls: TokenBucket;
  #feeds = NO_FEEDS;
  /** Frames of this turn, one or several. */
  #unwritten: Buffer | [Buffer, ...Buffer[]] | null = null;
  #unwrittenBytes = 0;
  /** A feed was told that there is no room, and is to be told when there is. */
  #isAwaited = false;
  #fullSince: number | null = null;
  #heardAt: number;
  #pingedAt: number | null = null;
  #refusals = 0;

  /** `session`: null for a stranger. */
  constructor(
    socket: LiveSocket,
    transport: Duplex,
    viewer: Viewer | null,
    session: SessionWatch | null,
    deps: ConnectionDeps,
  ) {
    this.#socket = socket;
    this.#transport = transport;
    this.viewer = viewer;
    this.#session = session;
    this.#deps = deps;
    this.#heardAt = deps.now();
    this.#calls = new TokenBucket(SOCKET_LIMITS.calls, this.#heardAt);
    socket.tell(this);
  }

  /** Whether events may be written; if not, they wait and are conflated until the transport has drained. */
  hasRoom(): boolean {
    if (this.#transport.writableLength + this.#unwrittenBytes <= SOCKET_LIMITS.unsentBytesHigh) return true;
    if (!this.#isAwaited) {
      this.#isAwaited = true;
      if (this.#unwritten === null) this.#awaitDrain();
    }
    return false;
  }

  /** Writes a whole frame at the end of this turn. Beside `ws`, whose own frames go to the same transport. */
  write(frame: Buffer): void {
    this.#unwrittenBytes += frame.length;
    if (this.#unwritten === null) {
      this.#unwritten = frame;
      this.#deps.outbox.add(this);
    } else if (Array.isArray(this.#unwritten)) {
      this.#unwritten.push(frame);
    } else {
      this.#unwritten = [this.#unwritten, frame];
    }
  }

  /** Writes what waits for the end of the turn. */
  flush(): void {
    const frames = this.#unwritten;
    if (frames === null) return;
    const bytes = this.#unwrittenBytes;
    this.#unwritten = null;
    this.#unwrittenBytes = 0;
    if (!this.#isOpen()) return;
    this.#transport.write(Array.isArray(frames) ? this.#deps.outbox.join(frames) : frames);
    this.#deps.tally.sent(Array.isArray(frames) ? frames.length : 1, bytes);
    const unsent = this.#transport.writableLength;
    if (unsent > SOCKET_LIMITS.unsentBytesMax) this.#cutFor('unsent');
    else if (this.#isAwaited && this.#fullSince === null) {
      if (unsent > SOCKET_LIMITS.unsentBytesHigh) this.#awaitDrain();
      else this.#resumeFeeds();
    }
  }

  /** A subscription cannot go on. The client comes again, with the id of the last message. */
  fail(error: unknown): void {
    this.#deps.log.warn({ err: error }, 'a subscription broke');
    this.turnAway(CLOSE.tryAgain, 'Come again');
  }

  /** Behind what it was told before. */
  close(code: number, reason: string): void {
    this.flush();
    this.#socket.close(code, reason);
  }

  /**
   * Closes it for a reason of ours. From now on it is told nothing and not read any more: what it still sends, ten
   * megabytes or a thousand calls, stays with the kernel until it is cut.
   */
  turnAway(code: number, reason: string): void {
    if (this.#isOpen()) this.#deps.tally.turnAway(code);
    this.#stopFeeds();
    this.close(code, reason);
    // The other side knows at once that nothing comes behind it.
    this.#transport.end();
    this.#socket.pause();
  }

  cut(): void {
    this.#socket.terminate();
  }

  countSnapshot(): void {
    this.#deps.tally.snapshots += 1;
  }

  askToReconnect(): void {
    this.write(RECONNECT);
  }

  /** To be called every second or so: pings who is silent, and cuts who is gone, does not read or is signed out. */
  check(now: number): void {
    const isStalled = this.#fullSince !== null && now - this.#fullSince > SOCKET_LIMITS.stalledMs;
    const isGone = this.#pingedAt !== null && now - this.#pingedAt > SOCKET_LIMITS.pongWaitMs;
    if (isStalled || isGone) {
      this.#cutFor(isStalled ? 'stalled' : 'silent');
      return;
    }
    if (this.#pingedAt === null && now - this.#heardAt > SOCKET_LIMITS.pingMs) {
      this.#pingedAt = now;
      this.write(PING);
    }
    if (this.#isOpen()) this.#session?.check(now, this);
  }

  /** `text` of a message; none for a binary one. */
  hear(text: string): void {
    // What had been read before it was turned away.
    if (!this.#isOpen()) return;
    this.#heardAt = this.#deps.now();
    this.#pingedAt = null;
    if (!this.#mayCall(1)) return;
    if (text === 'PONG') return;
    if (text === 'PING') this.write(PONG);
    else this.#answer(text);
  }

  /** A frame too large, or none at all: `ws` has closed it, and goes on reading only to throw away. */
  broke(error: Error): void {
    this.#deps.log.debug({ reason: error.message }, 'socket error');
    this.#deps.tally.close('bad_frame');
    this.#stopFeeds();
    // Behind its own resume.
    process.nextTick(() => this.#transport.pause());
  }

  closed(): void {
    this.#stopFeeds();
    this.#deps.onClosed(this);
  }

  #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  #cutFor(reason: CloseReason): void {
    if (this.#isOpen()) this.#deps.tally.close(reason);
    this.cut();
  }

  #awaitDrain(): void {
    this.#fullSince = this.#deps.now();
    this.#transport.once('drain', () => {
      this.#fullSince = null;
      this.#resumeFeeds();
    });
  }

  #resumeFeeds(): void {
    this.#isAwaited = false;
    for (const feed of this.#feeds) feed.resume();
  }

  #stopFeeds(): void {
    for (const feed of this.#feeds) feed.stop();
    this.#feeds = NO_FEEDS;
  }

  #answer(text: string): void {
    let calls: SocketCall[];
    try {
      calls = readCalls(text);
    } catch (cause) {
      this.#refuse(headOf(null, undefined), new TRPCError({ code: 'PARSE_ERROR', message: 'That is no call.', cause }));
      return;
    }
    if (!this.#mayCall(calls.length - 1)) return;
    for (const call of calls) {
      if (!this.#isOpen()) return;
      if (call.method === 'subscription') void this.#subscribe(call);
      else this.#unsubscribe(call);
    }
  }

  /** A page calls a few times when it opens; who calls without end is no page of ours. */
  #mayCall(count: number): boolean {
    if (count === 0 || this.#calls.take(count, this.#deps.now())) return true;
    this.turnAway(CLOSE.policy, 'Too many messages');
    return false;
  }

  async #subscribe(call: Extract<SocketCall, { method: 'subscription' }>): Promise<void> {
    const { id, params } = call;
    const head = headOf(id, call.jsonrpc);
    const ctx = this.#deps.createContext(this.viewer);
    if (this.#feeds.some((feed) => feed.id === id)) {
      return this.#refuse(
        head,
        new TRPCError({ code: 'BAD_REQUEST', message: `Duplicate id ${id}` }),
        params.path,
        ctx,
      );
    }
    if (this.#feeds.length >= SOCKET_LIMITS.subscriptionsPerSocketMax) {
      const message = 'Too many subscriptions on one connection.';
      return this.#refuse(head, new TRPCError({ code: 'TOO_MANY_REQUESTS', message }), params.path, ctx);
    }
    const feed = new SocketFeed(id, head, this);
    this.#feeds = [...this.#feeds, feed];
    try {
      const subscription: unknown = await callTRPCProcedure({
        router: appRouter,
        path: params.path,
        getRawInput: async () => inputOf(call),
        ctx,
        type: 'subscription',
        signal: undefined,
        batchIndex: 0,
      });
      if (!(subscription instanceof LiveSubscription)) throw new Error(`${params.path} is no live procedure`);
      // Stopped, or closed, while it was being authorised.
      if (!this.#feeds.includes(feed)) return;
      this.write(textFrame(`${head}"result":{"type":"started"}}`));
      feed.start(subscription, this.#budget);
    } catch (cause) {
      if (!this.#feeds.includes(feed)) return;
      this.#remove(feed);
      this.#refuse(head, getTRPCErrorFromUnknown(cause), params.path, ctx);
    }
  }

  #unsubscribe({ id, jsonrpc }: SocketCall): void {
    const feed = this.#feeds.find((each) => each.id === id);
    if (feed === undefined) return;
    feed.stop();
    this.#remove(feed);
    this.write(textFrame(`${headOf(id, jsonrpc)}"result":{"type":"stopped"}}`));
  }

  #remove(feed: SocketFeed): void {
    this.#feeds = this.#feeds.filter((each) => each !== feed);
  }

  #refuse(head: string, error: TRPCError, path?: string, ctx?: ApiContext): void {
    this.#deps.log.debug({ path, code: error.code, reason: error.message }, 'socket call refused');
    this.#refusals += 1;
    this.#deps.tally.refuseCall(error.code);
    if (this.#refusals > SOCKET_LIMITS.refusalsMax) {
      this.turnAway(CLOSE.policy, 'Too many refusals');
      return;
    }
    const config = appRouter._def._config;
    const shape = getTRPCErrorShape({ config, error, type: 'unknown', path, input: undefined, ctx });
    this.write(textFrame(head + JSON.stringify(transformTRPCResponse(config, { error: shape })).slice(1)));
  }
}

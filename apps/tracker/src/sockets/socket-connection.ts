import type { Duplex } from 'node:stream';
import { appRouter } from '@clipmeter/api/app-router';
import type { ApiContext } from '@clipmeter/api/context';
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
import type { RawData, WebSocket } from 'ws';
import { headOf } from '#src/sockets/live-frames.ts';
import { inputOf, type RequestId, readCalls, type SocketCall } from '#src/sockets/socket-calls.ts';
import { SocketFeed } from '#src/sockets/socket-feed.ts';
import { CLOSE, SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';
import { textFrame } from '#src/sockets/text-frame.ts';
import { TokenBucket } from '#src/sockets/token-bucket.ts';

export interface ConnectionDeps {
  readonly createContext: () => ApiContext;
  readonly log: Logger;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

const PING = textFrame('PING');
const PONG = textFrame('PONG');
const RECONNECT = textFrame('{"id":null,"method":"reconnect"}');

/**
 * The server's side of one socket, in tRPC's words (its adapters/ws). tRPC authorises a subscription and parses its
 * input; then the feed's frames go to the transport as they are.
 */
export class SocketConnection {
  readonly #socket: WebSocket;
  readonly #transport: Duplex;
  readonly #deps: ConnectionDeps;
  readonly #feeds = new Map<RequestId, Pick<SocketFeed, 'stop' | 'resume'>>();
  readonly #budget: BufferBudget = { characters: 0 };
  readonly #calls: TokenBucket;
  #refusals = 0;
  #heardAt: number;
  #pingedAt: number | null = null;
  #fullSince: number | null = null;

  constructor(socket: WebSocket, transport: Duplex, deps: ConnectionDeps) {
    this.#socket = socket;
    this.#transport = transport;
    this.#deps = deps;
    this.#heardAt = deps.now();
    this.#calls = new TokenBucket(SOCKET_LIMITS.calls, this.#heardAt);
    socket.on('message', this.#onMessage);
    socket.once('close', this.#onClose);
    socket.on('error', this.#onError);
    transport.on('drain', this.#onDrain);
  }

  /** Whether events may be written; if not, they wait and are conflated until the transport has drained. */
  hasRoom(): boolean {
    if (this.#transport.writableLength <= SOCKET_LIMITS.unsentBytesHigh) return true;
    this.#fullSince ??= this.#deps.now();
    return false;
  }

  /** Writes a whole frame. Beside `ws`, whose own frames go to the same transport in the same order. */
  write(frame: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#transport.write(frame);
    if (this.#transport.writableLength > SOCKET_LIMITS.unsentBytesMax) this.#socket.terminate();
  }

  /** A subscription cannot go on. The client comes again, with the id of the last message. */
  fail(error: unknown): void {
    this.#deps.log.warn({ err: error }, 'a subscription broke');
    this.turnAway(CLOSE.tryAgain, 'Come again');
  }

  /**
   * Closes it for a reason of ours. From now on it is told nothing and not read any more: what it still sends, ten
   * megabytes or a thousand calls, stays with the kernel until it is cut.
   */
  turnAway(code: number, reason: string): void {
    this.#stopFeeds();
    this.#socket.close(code, reason);
    // The other side knows at once that nothing comes behind it.
    this.#transport.end();
    this.#socket.pause();
  }

  askToReconnect(): void {
    this.write(RECONNECT);
  }

  /** To be called every second or so: pings who is silent, and cuts who is gone or does not read. */
  check(now: number): void {
    const isStalled = this.#fullSince !== null && now - this.#fullSince > SOCKET_LIMITS.stalledMs;
    const isGone = this.#pingedAt !== null && now - this.#pingedAt > SOCKET_LIMITS.pongWaitMs;
    if (isStalled || isGone) {
      this.#socket.terminate();
    } else if (this.#pingedAt === null && now - this.#heardAt > SOCKET_LIMITS.pingMs) {
      this.#pingedAt = now;
      this.write(PING);
    }
  }

  readonly #onMessage = (data: RawData, isBinary: boolean): void => {
    // What had been read before it was turned away.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#heardAt = this.#deps.now();
    this.#pingedAt = null;
    if (!this.#mayCall(1)) return;
    const text = isBinary ? '' : data.toString();
    if (text === 'PONG') return;
    if (text === 'PING') this.write(PONG);
    else this.#answer(text);
  };

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
      if (this.#socket.readyState !== this.#socket.OPEN) return;
      if (call.method === 'subscription') void this.#subscribe(call);
      else this.#unsubscribe(call);
    }
  }

  readonly #onDrain = (): void => {
    this.#fullSince = null;
    for (const feed of this.#feeds.values()) feed.resume();
  };

  readonly #onClose = (): void => {
    this.#transport.off('drain', this.#onDrain);
    this.#stopFeeds();
  };

  /** A frame too large, or none at all: `ws` has closed it, and goes on reading only to throw away. */
  readonly #onError = (error: Error): void => {
    this.#deps.log.debug({ reason: error.message }, 'socket error');
    this.#stopFeeds();
    // Behind its own resume.
    process.nextTick(() => this.#transport.pause());
  };

  #stopFeeds(): void {
    for (const feed of this.#feeds.values()) feed.stop();
    this.#feeds.clear();
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
    const ctx = this.#deps.createContext();
    if (this.#feeds.has(id)) {
      return this.#refuse(
        head,
        new TRPCError({ code: 'BAD_REQUEST', message: `Duplicate id ${id}` }),
        params.path,
        ctx,
      );
    }
    if (this.#feeds.size >= SOCKET_LIMITS.subscriptionsPerSocketMax) {
      const message = 'Too many subscriptions on one connection.';
      return this.#refuse(head, new TRPCError({ code: 'TOO_MANY_REQUESTS', message }), params.path, ctx);
    }
    // Holds the id while it is being authorised.
    const starting = { stop() {}, resume() {} };
    this.#feeds.set(id, starting);
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
      if (this.#feeds.get(id) !== starting) return;
      this.write(textFrame(`${head}"result":{"type":"started"}}`));
      const feed = new SocketFeed(head, subscription, this, this.#budget);
      this.#feeds.set(id, feed);
      feed.start();
    } catch (cause) {
      if (this.#feeds.get(id) !== starting) return;
      this.#feeds.delete(id);
      this.#refuse(head, getTRPCErrorFromUnknown(cause), params.path, ctx);
    }
  }

  #unsubscribe({ id, jsonrpc }: SocketCall): void {
    const feed = this.#feeds.get(id);
    if (feed === undefined) return;
    feed.stop();
    this.#feeds.delete(id);
    this.write(textFrame(`${headOf(id, jsonrpc)}"result":{"type":"stopped"}}`));
  }

  #refuse(head: string, error: TRPCError, path?: string, ctx?: ApiContext): void {
    this.#deps.log.debug({ path, code: error.code, reason: error.message }, 'socket call refused');
    this.#refusals += 1;
    if (this.#refusals > SOCKET_LIMITS.refusalsMax) {
      this.turnAway(CLOSE.policy, 'Too many refusals');
      return;
    }
    const config = appRouter._def._config;
    const shape = getTRPCErrorShape({ config, error, type: 'unknown', path, input: undefined, ctx });
    this.write(textFrame(head + JSON.stringify(transformTRPCResponse(config, { error: shape })).slice(1)));
  }
}

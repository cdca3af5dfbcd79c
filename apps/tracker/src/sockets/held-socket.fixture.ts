import { randomUUID } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createPool } from '@clipmeter/db/connect';
import type { EventSource } from '@clipmeter/realtime/event-source';
import { Hub } from '@clipmeter/realtime/hub';
import { MemoryEventLog } from '@clipmeter/realtime/memory-event-log';
import { pino } from 'pino';
import { createLiveSockets, type LiveSocket } from '#src/sockets/live-socket.ts';
import { Outbox } from '#src/sockets/outbox.ts';
import { type ConnectionDeps, SocketConnection } from '#src/sockets/socket-connection.ts';
import { SocketTally } from '#src/sockets/socket-tally.ts';
import { viewerOf } from '#src/sockets/socket-world.fixture.ts';

/** A network whose other side reads when the test says so. What is written stays in the stream's own buffer until then. */
class HeldTransport extends Duplex {
  /** What the other side has read. */
  readonly arrived: Buffer[] = [];
  #isReading = true;
  #goOn: (() => void) | null = null;

  override _write(chunk: Buffer, _encoding: string, callback: () => void): void {
    const pass = () => {
      this.arrived.push(chunk);
      callback();
    };
    if (this.#isReading) pass();
    else this.#goOn = pass;
  }

  override _read(): void {}

  hold(): void {
    this.#isReading = false;
  }

  letGo(): void {
    this.#isReading = true;
    this.#goOn?.();
    this.#goOn = null;
  }

  // What `ws` asks of a connection.
  setTimeout(): void {}
  setNoDelay(): void {}
}

/** Sockets of a tracker without a network, a database or a clock of its own: a test moves all three. */
export function createHeldSockets(source: EventSource = new MemoryEventLog()) {
  const hub = new Hub();
  const wss = createLiveSockets();
  const time = { nowMs: 1_000_000 };
  const log = pino({ level: 'silent' });
  // Never connected: to follow asks nothing of it.
  const pool = createPool({ url: 'postgres://nobody@127.0.0.1:1/nothing' });

  const tally = new SocketTally();
  const shared: ConnectionDeps = {
    createContext: (viewer) => ({
      ...{ viewer, requestId: 'r', live: { source, hub, lagMs: () => 0 } },
      ...{ pool, now: () => new Date(), logError() {} },
    }),
    log,
    outbox: new Outbox(),
    tally,
    now: () => time.nowMs,
    onClosed() {},
  };

  function open() {
    const transport = new HeldTransport();
    const request = new IncomingMessage(new Socket());
    request.method = 'GET';
    request.headers = {
      upgrade: 'websocket',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
    };
    const opened: LiveSocket[] = [];
    wss.handleUpgrade(request, transport, Buffer.alloc(0), (socket) => opened.push(socket));
    const [socket] = opened;
    if (socket === undefined) throw new Error('the handshake was refused');
    const userId = randomUUID();
    const connection = new SocketConnection(socket, transport, viewerOf(userId, userId, 'CLIPPER'), null, shared);
    transport.arrived.length = 0; // the handshake's answer
    return {
      userId,
      connection,
      transport,
      get isOpen() {
        return socket.readyState === socket.OPEN;
      },
      get isDestroyed() {
        return transport.destroyed;
      },
      /** Text frames of the browser's, in one piece of the network. */
      say(...texts: string[]): void {
        transport.push(Buffer.concat(texts.map((text) => clientFrame(text))));
      },
      /** As it is. */
      push: (bytes: Buffer) => transport.push(bytes),
      /** What the browser has read since the last asking. */
      heard(): string {
        return Buffer.concat(transport.arrived.splice(0)).toString();
      },
    };
  }

  return { hub, time, tally, open };
}

/** A text frame as a browser sends it, or part of one; its mask is all zeros. */
export function clientFrame(text: string, first = 0x81): Buffer {
  const head = Buffer.from([first, 0x80 | 126, 0, 0, 0, 0, 0, 0]);
  head.writeUInt16BE(text.length, 2);
  return Buffer.concat([head, Buffer.from(text)]);
}

/** Everything that has been begun and needs no more time has happened. A socket's messages come a turn each. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 6; turns += 1) await nextTurn();
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

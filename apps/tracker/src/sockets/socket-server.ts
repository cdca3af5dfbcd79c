import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ApiContext, LiveContext } from '@clipmeter/api/context';
import type { OpenSession } from '@clipmeter/api/session';
import type { Logger } from 'pino';
import type { Service } from '#src/service.ts';
import { closeSockets } from '#src/sockets/close-sockets.ts';
import { closeEndedSessions } from '#src/sockets/ended-sessions.ts';
import { GapSource } from '#src/sockets/gap-source.ts';
import { HandshakeLimits } from '#src/sockets/handshake-limits.ts';
import { createLiveSockets, type LiveSocket } from '#src/sockets/live-socket.ts';
import { isAllowedOrigin } from '#src/sockets/origin-policy.ts';
import { Outbox } from '#src/sockets/outbox.ts';
import { SessionWatch } from '#src/sockets/session-watch.ts';
import { type ConnectionDeps, SocketConnection } from '#src/sockets/socket-connection.ts';
import { CLOSE, SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';
import { SocketRegistry } from '#src/sockets/socket-registry.ts';
import { SocketTally } from '#src/sockets/socket-tally.ts';

export interface SocketServerDeps {
  readonly server: Server;
  readonly live: LiveContext;
  readonly log: Logger;
  readonly allowedOrigins: readonly string[];
  /** The session that a handshake's cookie belongs to, read anew each time; null if there is none. */
  readonly readSession: (headers: Headers) => Promise<OpenSession | null>;
  readonly api: Pick<ApiContext, 'pool' | 'now' | 'logError'>;
  readonly limits?: ProcessLimits;
  /** Kept up to date, for whoever shows it. */
  readonly tally?: SocketTally;
}

/** How many sockets there may be at once; tests take fewer. */
export interface ProcessLimits {
  readonly socketsMax: number;
  readonly strangersMax: number;
}

export const SOCKET_PATH = '/trpc';

/** How often sockets are looked at: who is silent, gone or stalled. */
const CHECK_EVERY_MS = 1_000;

/** Subscriptions in tRPC's words, over sockets with what its own adapter leaves out: origins, sessions that end, limits. */
export function createSocketServer(deps: SocketServerDeps): Service & { readonly registry: SocketRegistry } {
  const { log, limits = SOCKET_LIMITS, tally = new SocketTally() } = deps;
  const sockets = new SocketRegistry();
  const handshakes = new HandshakeLimits();
  const live = { ...deps.live, source: new GapSource(deps.live.source, SOCKET_LIMITS.gapReadsAtOnce) };
  let strangers = 0;
  const stopping = new AbortController();
  const shared: ConnectionDeps = {
    createContext: (viewer) => ({ ...deps.api, viewer, requestId: randomUUID(), live }),
    log,
    outbox: new Outbox(),
    tally,
    now,
    onClosed: (connection) => sockets.remove(connection),
  };
  const wss = createLiveSockets();

  let checking: NodeJS.Timeout | undefined;

  async function upgrade(request: IncomingMessage, transport: Duplex, head: Buffer): Promise<void> {
    const refusal = refuse(request);
    if (refusal !== null) return refuseHandshake(transport, refusal);
    // Kept as long as the socket: the text, not the Headers made of it.
    const cookie = request.headers.cookie ?? '';
    const session = await deps.readSession(new Headers({ cookie }));
    const late = session === null ? refuseStranger() : refuseUser(session.viewer.userId);
    if (late !== null) return refuseHandshake(transport, late);
    wss.handleUpgrade(request, transport, head, (socket) => {
      // `ws` listens itself from now on.
      transport.off('error', destroy);
      const watch = session === null ? null : new SessionWatch(deps, session.viewer.role, cookie);
      const connection = new SocketConnection(socket, transport, session?.viewer ?? null, watch, shared);
      sockets.add(connection);
      tally.opened += 1;
      if (session === null) letGo(socket, connection);
      // What ended between the handshake's read and now is found by reading once more.
      connection.check(now());
    });
  }

  function refuseHandshake(transport: Duplex, status: string): void {
    tally.refuseHandshake(status);
    refuseUpgrade(transport, status);
  }

  /** A browser cannot read the status of a refused handshake. It can read the answer to its call: UNAUTHORIZED. */
  function letGo(stranger: LiveSocket, connection: SocketConnection): void {
    strangers += 1;
    const timer = setTimeout(() => connection.turnAway(CLOSE.sessionEnded, 'Please sign in'), SOCKET_LIMITS.strangerMs);
    stranger.once('close', () => {
      strangers -= 1;
      clearTimeout(timer);
    });
  }

  function refuseStranger(): string | null {
    return strangers >= limits.strangersMax ? '503 Service Unavailable' : refuseWhenFull();
  }

  function refuseUser(userId: string): string | null {
    const isOften = !handshakes.mayOpen(userId, now());
    const isMany = sockets.countOfUser(userId) >= SOCKET_LIMITS.socketsPerUserMax;
    return isOften || isMany ? '429 Too Many Requests' : refuseWhenFull();
  }

  function refuseWhenFull(): string | null {
    const isFull = sockets.count >= limits.socketsMax;
    return stopping.signal.aborted || isFull ? '503 Service Unavailable' : null;
  }

  function refuse(request: IncomingMessage): string | null {
    const url = new URL(request.url ?? '/', 'http://tracker');
    if (url.pathname !== SOCKET_PATH) return '404 Not Found';
    if (!isAllowedOrigin(request.headers.origin, deps.allowedOrigins)) return '403 Forbidden';
    // A client that says so sends them first, and somebody has to wait for them; ours travel in the cookie.
    if (url.searchParams.has('connectionParams')) return '400 Bad Request';
    return refuseWhenFull();
  }

  const onUpgrade = (request: IncomingMessage, transport: Duplex, head: Buffer) => {
    transport.on('error', destroy);
    upgrade(request, transport, head).catch((error: unknown) => {
      log.error({ err: error }, 'a socket could not be opened');
      refuseHandshake(transport, '503 Service Unavailable');
    });
  };

  return {
    name: 'sockets',
    registry: sockets,
    async run() {
      deps.server.on('upgrade', onUpgrade);
      checking = setInterval(() => {
        const at = now();
        for (const connection of sockets) connection.check(at);
      }, CHECK_EVERY_MS);
      closeEndedSessions(live, sockets, stopping.signal).catch((error: unknown) => {
        log.error({ err: error }, 'ended sessions are not followed any more');
        sockets.closeAll();
      });
    },
    async stop() {
      stopping.abort();
      clearInterval(checking);
      await closeSockets(sockets);
    },
  };
}

/** Whole numbers: a fraction would cost each socket an object for every time that it keeps. */
function now(): number {
  return Math.trunc(performance.now());
}

function destroy(this: Duplex): void {
  this.destroy();
}

function refuseUpgrade(transport: Duplex, status: string): void {
  transport.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

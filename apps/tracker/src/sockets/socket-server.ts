import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { appRouter } from '@clipmeter/api/app-router';
import type { ApiContext, LiveContext } from '@clipmeter/api/context';
import type { OpenSession } from '@clipmeter/api/session';
import type { Hub } from '@clipmeter/realtime/hub';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Service } from '#src/service.ts';
import { closeSockets } from '#src/sockets/close-sockets.ts';
import { closeEndedSessions } from '#src/sockets/ended-sessions.ts';
import { frameEncoder } from '#src/sockets/frame-encoder.ts';
import { isAllowedOrigin } from '#src/sockets/origin-policy.ts';
import { watchExpiry } from '#src/sockets/session-watch.ts';
import { CLOSE, SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';
import { SocketRegistry } from '#src/sockets/socket-registry.ts';
import { waitForRoom } from '#src/sockets/socket-room.ts';

export interface SocketServerDeps {
  readonly server: Server;
  readonly hub: Hub;
  readonly live: LiveContext;
  readonly log: Logger;
  readonly allowedOrigins: readonly string[];
  /** The session that a handshake's cookie belongs to, read anew each time; null if there is none. */
  readonly readSession: (headers: Headers) => Promise<OpenSession | null>;
  readonly api: Pick<ApiContext, 'pool' | 'now' | 'logError'>;
}

export const SOCKET_PATH = '/trpc';

/** What was learned at the handshake, for the context of the calls on that socket. */
interface Handshake {
  readonly session: OpenSession;
  readonly transport: Duplex;
}

/** tRPC over WebSocket, with what tRPC's own adapter leaves to the host: origins, sessions that end, and limits. */
export function createSocketServer(deps: SocketServerDeps): Service & { readonly registry: SocketRegistry } {
  const { log } = deps;
  const sockets = new SocketRegistry();
  const handshakes = new WeakMap<IncomingMessage, Handshake>();
  const stopping = new AbortController();
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: SOCKET_LIMITS.frameBytesMax,
    perMessageDeflate: false,
    clientTracking: true,
  });

  const trpc = applyWSSHandler({
    wss,
    router: appRouter,
    experimental_encoder: frameEncoder,
    keepAlive: { enabled: true, pingMs: SOCKET_LIMITS.pingMs, pongWaitMs: SOCKET_LIMITS.pongWaitMs },
    createContext: ({ req, res }): ApiContext => {
      const handshake = handshakes.get(req);
      const live: LiveContext = { ...deps.live, drained: (signal) => room(handshake, res, signal) };
      return { ...deps.api, viewer: handshake?.session.viewer ?? null, requestId: randomUUID(), live };
    },
    onError: ({ error, path }) => log.debug({ path, code: error.code, reason: error.message }, 'socket call refused'),
  });

  async function upgrade(request: IncomingMessage, transport: Duplex, head: Buffer): Promise<void> {
    const refusal = refuse(request);
    if (refusal !== null) return refuseUpgrade(transport, refusal);
    const headers = new Headers({ cookie: request.headers.cookie ?? '' });
    const session = await deps.readSession(headers);
    if (session !== null && sockets.countOfUser(session.viewer.userId) >= SOCKET_LIMITS.socketsPerUserMax) {
      return refuseUpgrade(transport, '429 Too Many Requests');
    }
    wss.handleUpgrade(request, transport, head, (socket) => {
      limitMessages(socket);
      socket.on('error', (error) => log.debug({ reason: error.message }, 'socket error'));
      if (session === null) return answerStranger(socket, request);
      handshakes.set(request, { session, transport });
      sockets.add(session.viewer, socket);
      wss.emit('connection', socket, request);
      // Watched from now on; what ended between the handshake's read and now is found by reading once more.
      watchExpiry(socket, session, () => deps.readSession(headers), log);
    });
  }

  /** A browser cannot read the status of a refused handshake. It can read the answer to its call: UNAUTHORIZED. */
  function answerStranger(socket: WebSocket, request: IncomingMessage): void {
    const timer = setTimeout(() => socket.close(CLOSE.sessionEnded, 'Please sign in'), SOCKET_LIMITS.strangerMs);
    socket.once('close', () => clearTimeout(timer));
    wss.emit('connection', socket, request);
  }

  function refuse(request: IncomingMessage): string | null {
    const url = new URL(request.url ?? '/', 'http://tracker');
    if (url.pathname !== SOCKET_PATH) return '404 Not Found';
    if (!isAllowedOrigin(request.headers.origin, deps.allowedOrigins)) return '403 Forbidden';
    // tRPC would wait for them for ever; ours travel in the cookie.
    if (url.searchParams.has('connectionParams')) return '400 Bad Request';
    if (stopping.signal.aborted || wss.clients.size >= SOCKET_LIMITS.socketsMax) return '503 Service Unavailable';
    return null;
  }

  const onUpgrade = (request: IncomingMessage, transport: Duplex, head: Buffer) => {
    transport.on('error', () => transport.destroy());
    upgrade(request, transport, head).catch((error: unknown) => {
      log.error({ err: error }, 'a socket could not be opened');
      refuseUpgrade(transport, '503 Service Unavailable');
    });
  };

  return {
    name: 'sockets',
    registry: sockets,
    async run() {
      deps.server.on('upgrade', onUpgrade);
      closeEndedSessions(deps.hub, sockets, stopping.signal).catch((error: unknown) => {
        log.error({ err: error }, 'ended sessions are not followed any more');
        sockets.closeAll();
      });
    },
    async stop() {
      stopping.abort();
      trpc.broadcastReconnectNotification();
      await closeSockets(wss);
    },
  };
}

async function room(handshake: Handshake | undefined, socket: WebSocket, signal: AbortSignal): Promise<void> {
  if (handshake) await waitForRoom(socket, handshake.transport, signal);
}

function refuseUpgrade(transport: Duplex, status: string): void {
  transport.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** A page sends a few messages when it opens; who sends hundreds is no page of ours. */
function limitMessages(socket: WebSocket): void {
  let windowStart = 0;
  let count = 0;
  socket.on('message', () => {
    const now = performance.now();
    if (now - windowStart > SOCKET_LIMITS.messageWindowMs) {
      windowStart = now;
      count = 0;
    }
    count += 1;
    if (count > SOCKET_LIMITS.messagesPerWindowMax) socket.close(CLOSE.policy, 'Too many messages');
  });
}

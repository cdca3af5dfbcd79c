import { createServer, type Server } from 'node:http';
import { SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';

/** A server that cuts who connects and does not ask for anything within so long. */
export function createHandshakeServer(handshakeMs: number = SOCKET_LIMITS.handshakeMs): Server {
  return createServer({
    headersTimeout: handshakeMs,
    requestTimeout: handshakeMs,
    connectionsCheckingInterval: handshakeMs / 10,
  });
}

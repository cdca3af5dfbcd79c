import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';

/**
 * Resolves when the socket has room again. tRPC sends as fast as a subscription yields and buffers without limit for a
 * reader that is slow: waiting here leaves the events in the hub, which keeps the latest values only.
 */
export async function waitForRoom(socket: WebSocket, transport: Duplex, signal: AbortSignal): Promise<void> {
  if (socket.bufferedAmount > SOCKET_LIMITS.unsentBytesMax) socket.terminate();
  while (socket.bufferedAmount > SOCKET_LIMITS.unsentBytesHigh && socket.readyState === socket.OPEN) {
    if (signal.aborted) return;
    await nextDrain(transport, signal);
  }
}

function nextDrain(transport: Duplex, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      transport.off('drain', done).off('close', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    transport.once('drain', done).once('close', done);
    signal.addEventListener('abort', done, { once: true });
  });
}

import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';
import { waitForRoom } from '#src/sockets/socket-room.ts';

const open: { stop(): void }[] = [];
afterEach(() => {
  for (const pair of open.splice(0)) pair.stop();
});

/** A socket of the server whose client does not read. */
async function slowPair() {
  const server = createServer();
  const wss = new WebSocketServer({ noServer: true });
  const accepted = Promise.withResolvers<{ socket: WebSocket; transport: Duplex }>();
  server.on('upgrade', (request, transport, head) =>
    wss.handleUpgrade(request, transport, head, (socket) => accepted.resolve({ socket, transport })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const client = new WebSocket(`ws://127.0.0.1:${address.port}`);
  await new Promise((resolve) => client.once('open', resolve));
  const pair = await accepted.promise;
  client.pause();
  open.push({
    stop() {
      client.terminate();
      server.close();
    },
  });
  return { ...pair, client };
}

/** Sends until the other side's buffers are full and ours holds more than `bytes`. */
function fill(socket: WebSocket, bytes: number): void {
  while (socket.bufferedAmount <= bytes) socket.send('x'.repeat(16 * 1024));
}

const never = new AbortController().signal;

test('a reader that keeps up is not waited for', async () => {
  const { socket, transport } = await slowPair();
  socket.send('something');
  await expect(waitForRoom(socket, transport, never)).resolves.toBeUndefined();
});

test('a slow reader is waited for until it has read', async () => {
  const { socket, transport, client } = await slowPair();
  fill(socket, SOCKET_LIMITS.unsentBytesHigh);
  let hasRoom = false;
  const waiting = waitForRoom(socket, transport, never).then(() => {
    hasRoom = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasRoom).toBe(false);
  client.resume();
  await waiting;
  expect(socket.bufferedAmount).toBeLessThanOrEqual(SOCKET_LIMITS.unsentBytesHigh);
});

test('a subscription that ends does not wait', async () => {
  const { socket, transport } = await slowPair();
  fill(socket, SOCKET_LIMITS.unsentBytesHigh);
  const ending = new AbortController();
  const waiting = waitForRoom(socket, transport, ending.signal);
  ending.abort();
  await expect(waiting).resolves.toBeUndefined();
});

test('a reader that costs more than its share is cut', async () => {
  const { socket, transport } = await slowPair();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  fill(socket, SOCKET_LIMITS.unsentBytesMax);
  await waitForRoom(socket, transport, never);
  await closed;
});

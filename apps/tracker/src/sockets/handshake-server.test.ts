import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createHandshakeServer } from '#src/sockets/handshake-server.ts';

const server = createHandshakeServer(50);
afterEach(() => {
  server.close();
});

test('who connects and says nothing, or never comes to an end, is cut', async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const [silent, slow] = [connect(address.port, '127.0.0.1'), connect(address.port, '127.0.0.1')];
  slow.write('GET /trpc HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n');
  for (const socket of [silent, slow]) socket.resume();
  const ends = await Promise.all([once(silent, 'close'), once(slow, 'close')]);
  expect(ends).toHaveLength(2);
});

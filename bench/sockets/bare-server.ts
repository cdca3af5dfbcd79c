import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { answer } from '../harness/worker.ts';

/**
 * Somebody else's server under the same attack on the same machine: `ws` that throws everything away. What an honest
 * client of ours feels of that is the machine's doing, not our server's.
 */
const MESSAGES_MAX = 10;
const server = createServer();
const wss = new WebSocketServer({ server, maxPayload: 16 * 1024, perMessageDeflate: false, verifyClient });

wss.on('connection', (socket) => {
  let messages = 0;
  socket.on('error', () => {});
  socket.on('message', () => {
    messages += 1;
    if (messages > MESSAGES_MAX) socket.close(1008);
  });
});

function verifyClient({ origin }: { origin: string }): boolean {
  return origin === 'http://localhost';
}

await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve));
answer({ port: () => z.object({ port: z.number() }).parse(server.address()).port });

import { createServer } from 'node:http';
import { createPool } from '@clipmeter/db/connect';
import { createEventSource } from '@clipmeter/db/event-source';
import { Follower } from '@clipmeter/realtime/follower';
import { Hub } from '@clipmeter/realtime/hub';
import { pino } from 'pino';
import { z } from 'zod';
import { createSocketServer } from '../../apps/tracker/src/sockets/socket-server.ts';
import { answer } from '../harness/worker.ts';

/** The live half of a tracker on a database of its own: follower, hub and sockets. A cookie is a number. */
const url = process.argv[2] ?? '';
const server = createServer();
const hub = new Hub();
const pool = createPool({ url, applicationName: 'bench-live' });
const source = createEventSource(pool, { url });
const follower = new Follower({ source, hub, onError: (error) => console.error(error) });
void follower.run();
const sockets = createSocketServer({
  server,
  hub,
  live: { source, hub, lagMs: () => follower.lag().lagMs },
  log: pino({ level: 'silent' }),
  allowedOrigins: ['http://localhost'],
  async readSession(headers) {
    const sessionId = headers.get('cookie') ?? '';
    const userId = String(Math.floor(Number(sessionId) / 20));
    const viewer = { userId, sessionId, role: 'CLIPPER', name: 'Somebody', email: 's@example.com' } as const;
    return { viewer, expiresAt: new Date(Date.now() + 3_600_000) };
  },
  api: { pool, now: () => new Date(), logError: () => {} },
});
await sockets.run();
await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve));
answer({ port: () => z.object({ port: z.number() }).parse(server.address()).port });

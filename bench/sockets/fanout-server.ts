import { EventEmitter, on } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createPool } from '@clipmeter/db/connect';
import { Hub } from '@clipmeter/realtime/hub';
import { MemoryEventLog } from '@clipmeter/realtime/memory-event-log';
import { initTRPC, tracked } from '@trpc/server';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { pino } from 'pino';
import superjson from 'superjson';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { createSocketServer } from '../../apps/tracker/src/sockets/socket-server.ts';
import { answer } from '../harness/worker.ts';
import { campaignChanged, TOPIC } from './campaign-event.ts';

type Publish = (version: number) => Promise<void> | void;

const servers: Record<string, (server: Server) => Promise<Publish> | Publish> = { raw, stock, clipmeter };
const server = createServer();
const publish = await servers[process.argv[2] ?? '']?.(server);
if (publish === undefined) throw new Error(`no such server: ${process.argv[2]}`);
await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve));

let version = 0;
let before = process.cpuUsage();
answer({
  port: () => z.object({ port: z.number() }).parse(server.address()).port,
  rssBytes() {
    // Gives back to the system what an ordinary collection keeps for the next garbage. Sockets that are expensive to
    // open leave tens of megabytes of that, cheap ones nothing: it would be counted as theirs.
    const thorough = { type: 'major', execution: 'sync', flavor: 'last-resort' } as const;
    for (let round = 0; round < 3; round += 1) globalThis.gc?.(thorough);
    return process.memoryUsage.rss();
  },
  async publish() {
    before = process.cpuUsage();
    version += 1;
    await publish(version);
  },
  /** Since the last publishing. */
  cpuMicroseconds() {
    const { user, system } = process.cpuUsage(before);
    return user + system;
  },
});

/** The floor: one serialisation, and the same buffer to every socket. */
function raw(http: Server): Publish {
  const wss = new WebSocketServer({ server: http, perMessageDeflate: false });
  return (version) => {
    const frame = {
      id: 1,
      result: {
        type: 'data',
        id: `1:${version}:1`,
        data: {
          json: {
            id: `1:${version}:1`,
            data: { type: 'campaign.changed', topic: TOPIC, payload: campaignChanged(version) },
          },
        },
      },
    };
    const data = Buffer.from(JSON.stringify(frame));
    for (const socket of wss.clients) socket.send(data, { binary: false });
  };
}

/** As tRPC's documentation does it: its own adapter, an emitter, a generator for each subscription. */
function stock(http: Server): Publish {
  const wss = new WebSocketServer({ server: http, perMessageDeflate: false });
  const emitter = new EventEmitter().setMaxListeners(0);
  const t = initTRPC.create({ transformer: superjson });
  const router = t.router({
    live: t.router({
      campaign: t.procedure
        .input(z.object({ id: z.string(), lastEventId: z.string().nullish() }))
        .subscription(async function* ({ signal }) {
          for await (const [id, message] of on(emitter, 'event', signal ? { signal } : {}))
            yield tracked(String(id), message);
        }),
    }),
  });
  applyWSSHandler({ wss, router, keepAlive: { enabled: true, pingMs: 15_000, pongWaitMs: 10_000 } });
  return (version) => {
    emitter.emit('event', `1:${version}:1`, {
      type: 'campaign.changed',
      topic: TOPIC,
      payload: campaignChanged(version),
    });
  };
}

/** This: the tracker's socket server, a follower away from the log. */
async function clipmeter(http: Server): Promise<Publish> {
  const hub = new Hub();
  const log = new MemoryEventLog();
  const sockets = createSocketServer({
    server: http,
    live: { source: log, hub, lagMs: () => 0 },
    log: pino({ level: 'silent' }),
    allowedOrigins: ['http://localhost'],
    // Twenty sockets a user, as the limits allow.
    async readSession(headers) {
      const cookie = headers.get('cookie') ?? '';
      const userId = String(Math.floor(Number(cookie) / 20));
      const viewer = { userId, sessionId: cookie, role: 'CLIPPER', name: 'Somebody', email: 's@example.com' } as const;
      return { viewer, expiresAt: new Date(Date.now() + 3_600_000) };
    },
    // Live procedures read nothing but the log.
    api: { pool: createPool({ url: 'postgres://127.0.0.1:1/none' }), now: () => new Date(), logError: () => {} },
  });
  await sockets.run();
  return async (version) => {
    const before = await log.head();
    log.write(TOPIC, 'campaign.changed', campaignChanged(version));
    const page = await log.readAfter(before, 10);
    if (!page.lost) hub.publish(page.events);
  };
}

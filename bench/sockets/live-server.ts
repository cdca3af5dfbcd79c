import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createPool } from '@clipmeter/db/connect';
import { createEventSource } from '@clipmeter/db/event-source';
import type { Cursor } from '@clipmeter/realtime/cursor';
import type { LogEvent } from '@clipmeter/realtime/event-source';
import { Follower } from '@clipmeter/realtime/follower';
import { Hub } from '@clipmeter/realtime/hub';
import { pino } from 'pino';
import { z } from 'zod';
import { createSocketServer } from '../../apps/tracker/src/sockets/socket-server.ts';
import { answer } from '../harness/worker.ts';
import { readBenchSession } from './bench-session.ts';
import { createStageNotes } from './stages.ts';

/** The live half of a tracker on a database of its own: follower, hub and sockets. */
const url = process.argv[2] ?? '';
const server = createServer();
const hub = new Hub();
const pool = createPool({ url, applicationName: 'bench-live' });
const source = createEventSource(pool, { url });
const stages = createStageNotes();
const noted = {
  publish(events: readonly LogEvent[]) {
    const note = stages.begin(events);
    hub.publish(events);
    // Behind the sockets' writing, which is the end of this turn.
    queueMicrotask(note);
  },
  reset: (cursor: Cursor) => hub.reset(cursor),
};
const follower = new Follower({ source, hub: noted, onError: (error) => console.error(error) });
void follower.run();
const sockets = createSocketServer({
  server,
  live: { source, hub, lagMs: () => follower.lag().lagMs },
  log: pino({ level: 'silent' }),
  allowedOrigins: ['http://localhost'],
  readSession: (headers) => readBenchSession(pool, headers.get('cookie') ?? ''),
  api: { pool, now: () => new Date(), logError: () => {} },
});
await sockets.run();
await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve));

const loop = monitorEventLoopDelay({ resolution: 5 });
loop.enable();
let cpu = process.cpuUsage();

answer({
  port: () => z.object({ port: z.number() }).parse(server.address()).port,
  /** Of the probes since the last asking: when they had been read, and been written to every socket. */
  stages: () => stages.take(),
  /** Since the last asking: how long the event loop was held at worst (99 of 100 looks), and the CPU that was used. */
  load() {
    const { user, system } = process.cpuUsage(cpu);
    const answered = { loopP99Ms: loop.percentile(99) / 1e6, cpuMs: (user + system) / 1_000 };
    cpu = process.cpuUsage();
    loop.reset();
    return answered;
  },
});

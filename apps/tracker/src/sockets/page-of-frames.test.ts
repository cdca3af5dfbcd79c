import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { createPool } from '@clipmeter/db/connect';
import type { LogEvent } from '@clipmeter/realtime/event-source';
import { Hub } from '@clipmeter/realtime/hub';
import { MemoryEventLog } from '@clipmeter/realtime/memory-event-log';
import { userTopic } from '@clipmeter/realtime/topic';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openSocket } from '#src/sockets/socket-client.fixture.ts';
import { CLOSE } from '#src/sockets/socket-limits.ts';
import { createSocketServer } from '#src/sockets/socket-server.ts';
import { isReset, ORIGIN, viewerOf } from '#src/sockets/socket-world.fixture.ts';

const USER = 'u1';

/** A socket server on a log in memory, and one socket that follows its user's topic. */
async function oneFollower() {
  const server = createServer();
  const hub = new Hub();
  const log = new MemoryEventLog();
  const pool = createPool({ url: 'postgres://127.0.0.1:1/none' });
  const sockets = createSocketServer({
    server,
    live: { source: log, hub, lagMs: () => 0 },
    log: pino({ level: 'silent' }),
    allowedOrigins: [ORIGIN],
    readSession: async () => ({ viewer: viewerOf(USER, 's1', 'CLIPPER'), expiresAt: new Date(Date.now() + 3_600_000) }),
    api: { pool, now: () => new Date(), logError: () => {} },
  });
  await sockets.run();
  const transport = new Promise<Duplex>((resolve) => server.once('upgrade', (_, duplex) => resolve(duplex)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const socket = openSocket(`ws://127.0.0.1:${address.port}/trpc`, { cookie: 'c' });
  onTestFinished(async () => {
    socket.cut();
    await sockets.stop();
    server.close();
    await pool.end();
  });
  await socket.subscribe('live.me', {});
  await socket.until(isReset);

  /** Notices as the follower reads them. */
  async function pageOf(ids: readonly number[], body = ''): Promise<LogEvent[]> {
    const before = await log.head();
    for (const id of ids) {
      const payload = { id: String(id), kind: 'k', title: 't', body, link: null, at: new Date(0).toISOString() };
      log.write(userTopic(USER), 'notification.created', payload);
    }
    const page = await log.readAfter(before, ids.length);
    return page.lost ? [] : page.events;
  }
  return { socket, transport: await transport, hub, pageOf, closeAll: () => sockets.registry.closeAll() };
}

/** The notices that a socket has been told of, in the order in which they came. */
function noticesOf(texts: readonly string[]): number[] {
  return texts.flatMap((text) => [...text.matchAll(/"payload":\{"id":"(\d+)"/g)].map(([, id]) => Number(id)));
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('what a page of the log tells a socket is written at once, in order', async () => {
  const { socket, transport, hub, pageOf } = await oneFollower();
  const page = await pageOf(upTo(10));
  const writes = vi.spyOn(transport, 'write');
  hub.publish(page);
  await socket.until(() => noticesOf(socket.texts).length === 10);
  expect(noticesOf(socket.texts)).toEqual(upTo(10));
  expect(writes).toHaveBeenCalledTimes(1);
});

test('a page larger than a socket is given at once is told all of, in order, while it reads', async () => {
  const { socket, hub, pageOf } = await oneFollower();
  // Each 10 KB: 300 KB for 64 KiB of room.
  hub.publish(await pageOf(upTo(30), 'x'.repeat(10_000)));
  await socket.until(() => noticesOf(socket.texts).length === 30);
  expect(noticesOf(socket.texts)).toEqual(upTo(30));
});

test('who is turned away has been told everything that was published before', async () => {
  const { socket, hub, pageOf, closeAll } = await oneFollower();
  const page = await pageOf([1, 2]);
  // In one turn: nothing has been written in between.
  hub.publish(page);
  closeAll();
  expect(await socket.closed).toBe(CLOSE.goingAway);
  expect(noticesOf(socket.texts)).toEqual([1, 2]);
});

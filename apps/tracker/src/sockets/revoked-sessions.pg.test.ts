import { once } from 'node:events';
import { connect } from 'node:net';
import { createWorld } from '@clipmeter/testing/settlement-world';
import { createTestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSocket } from '#src/sockets/socket-client.fixture.ts';
import { CLOSE } from '#src/sockets/socket-limits.ts';
import { isReset, ORIGIN, openSocketWorld, type SocketWorld } from '#src/sockets/socket-world.fixture.ts';

const CLOSED_WITHIN_MS = 1_000;

let world: SocketWorld;
let tracker: Awaited<ReturnType<SocketWorld['start']>>;
beforeAll(async () => {
  const database = await createTestDatabase();
  world = openSocketWorld({ ...createWorld(database.pool), database });
  tracker = await world.start();
});
afterAll(() => world.close());

/** Somebody's transaction stays open meanwhile: nothing that is committed after its beginning can be read in the log. */
async function whileTheLogIsHeld(work: () => Promise<void>): Promise<void> {
  const holder = await world.database.pool.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT pg_current_xact_id()');
    await work();
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
}

test.each([
  {
    ending: 'a revoked session',
    sql: 'DELETE FROM sessions WHERE user_id = $1',
    code: CLOSE.sessionEnded,
  },
  {
    ending: 'a demoted admin',
    sql: `UPDATE users SET role = 'CLIPPER' WHERE id = $1`,
    code: CLOSE.accessChanged,
  },
  {
    ending: 'a suspended user',
    sql: 'UPDATE users SET suspended_at = now() WHERE id = $1',
    code: CLOSE.accessChanged,
  },
])('the sockets of $ending are closed within a second, though the log is held up', async ({ sql, code }) => {
  const { userId, cookie } = await world.signIn('ADMIN');
  const sockets = [openSocket(tracker.url, { cookie }), openSocket(tracker.url, { cookie })];
  for (const socket of sockets) {
    await socket.subscribe('live.admin', {});
    await socket.until(isReset);
  }
  await whileTheLogIsHeld(async () => {
    await world.database.pool.query(sql, [userId]);
    const committedAt = performance.now();
    expect(await Promise.all(sockets.map((socket) => socket.closed))).toEqual([code, code]);
    expect(performance.now() - committedAt).toBeLessThan(CLOSED_WITHIN_MS);
  });
});

test('who hears no close and goes on sending is cut within a second all the same', async () => {
  const { cookie } = await world.signIn();
  const url = new URL(tracker.url);
  // Half of the connection stays open when the other side ends its own.
  const deaf = connect({ port: Number(url.port), host: url.hostname, allowHalfOpen: true });
  deaf.write(
    `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nOrigin: ${ORIGIN}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\n` +
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  const [answer] = await once(deaf, 'data');
  expect(String(answer)).toContain(' 101 ');
  deaf.resume();
  const cut = new Promise<void>((resolve) => deaf.once('error', () => resolve()));
  const told = once(deaf, 'end');
  await world.database.pool.query('DELETE FROM sessions WHERE id = $1', [cookie]);
  const committedAt = performance.now();
  await told;
  // More than the kernel takes for somebody who does not read.
  deaf.write(Buffer.alloc(16 * 1024 * 1024));
  await cut;
  expect(performance.now() - committedAt).toBeLessThan(CLOSED_WITHIN_MS);
});

test('only the sockets of that session end, and their user may come again with another', async () => {
  const [one, other] = [await world.signIn(), await world.signIn()];
  const staying = openSocket(tracker.url, { cookie: other.cookie });
  const ending = openSocket(tracker.url, { cookie: one.cookie });
  await Promise.all([staying.opened, ending.opened]);
  await world.database.pool.query('DELETE FROM sessions WHERE id = $1', [one.cookie]);
  await ending.closed;
  await staying.subscribe('live.me', {});
  await staying.until(isReset);
  staying.cut();
});

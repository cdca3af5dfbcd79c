import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { LiveContext } from '@clipmeter/api/context';
import type { OpenSession } from '@clipmeter/api/session';
import { appendEvents } from '@clipmeter/db/event-log';
import { createEventSource } from '@clipmeter/db/event-source';
import { withTransaction } from '@clipmeter/db/transaction';
import { Follower } from '@clipmeter/realtime/follower';
import { Hub } from '@clipmeter/realtime/hub';
import { campaignTopic } from '@clipmeter/realtime/topic';
import { createWorld, type World } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Service } from '#src/service.ts';
import { openSocket, type SocketMessage } from '#src/sockets/socket-client.fixture.ts';
import { CLOSE, SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';
import { createSocketServer } from '#src/sockets/socket-server.ts';

let database: TestDatabase;
let world: World;
let tracker: Awaited<ReturnType<typeof startSockets>>;
beforeAll(async () => {
  database = await createTestDatabase();
  world = createWorld(database.pool);
  tracker = await startSockets();
});
afterAll(async () => {
  await tracker.stop();
  await database.drop();
});

/** The socket's half of a tracker, with sessions whose cookie is their id. */
async function startSockets() {
  const log = pino({ level: 'silent' });
  const server = createServer();
  const hub = new Hub();
  const source = createEventSource(database.pool, { url: database.url });
  const follower = new Follower({ source, hub, onError: () => {} });
  const following = follower.run();
  const live: LiveContext = { source, hub, lagMs: () => follower.lag().lagMs };
  const sockets: Service = createSocketServer({
    server,
    hub,
    live,
    log,
    allowedOrigins: ['http://localhost:3000'],
    readSession,
    api: { pool: database.pool, now: () => new Date(), logError: () => {} },
  });
  await sockets.run();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `ws://127.0.0.1:${address.port}/trpc`,
    async stop() {
      await sockets.stop();
      server.close();
      follower.stop();
      await following;
      await source.close();
    },
  };
}

async function readSession(headers: Headers): Promise<OpenSession | null> {
  const { rows } = await database.pool.query<{ user_id: string; role: 'ADMIN' | 'CLIPPER'; expires_at: Date }>(
    `SELECT s.user_id, s.expires_at, u.role FROM sessions s JOIN users u ON u.id = s.user_id
     WHERE s.id::text = $1 AND s.expires_at > now()`,
    [headers.get('cookie')],
  );
  const [row] = rows;
  if (!row) return null;
  const sessionId = headers.get('cookie') ?? '';
  return {
    viewer: { userId: row.user_id, sessionId, role: row.role, name: 'Somebody', email: 'somebody@example.com' },
    expiresAt: row.expires_at,
  };
}

async function signIn(role: 'ADMIN' | 'CLIPPER' = 'CLIPPER', expiresAt = new Date(Date.now() + 3_600_000)) {
  const userId = await world.addUser(role);
  const sessionId = randomUUID();
  await database.pool.query(
    'INSERT INTO sessions (id, user_id, token, expires_at) VALUES ($1::uuid, $2, $1::text, $3)',
    [sessionId, userId, expiresAt],
  );
  return { userId, cookie: sessionId };
}

/** One change of a campaign, told in its own transaction. */
async function tell(campaignId: string, version: number): Promise<void> {
  const payload = {
    campaignId,
    version,
    status: 'ACTIVE',
    budget: '100.000000',
    spent: `${version}.000000`,
    expected: '0.000000',
    closing: false,
    completedAt: null,
    completionReason: null,
    released: false,
    clips: [],
    at: new Date().toISOString(),
  };
  await withTransaction(database.pool, (tx) =>
    appendEvents(tx, [{ topic: campaignTopic(campaignId), type: 'campaign.changed', payload }]),
  );
}

const versionSchema = (message: SocketMessage): number | null => {
  const data = message.result?.data?.json.data;
  const payload = data?.['payload'];
  if (data?.type !== 'campaign.changed' || typeof payload !== 'object' || payload === null) return null;
  return 'version' in payload && typeof payload.version === 'number' ? payload.version : null;
};
const isReset = (message: SocketMessage) => message.result?.data?.json.data?.type === 'reset';

describe('a socket is refused', () => {
  test('from another site', async () => {
    const { cookie } = await signIn();
    await expect(openSocket(tracker.url, { cookie, origin: 'http://evil.example' }).opened).rejects.toThrow('403');
  });

  test('at another path, and with connection parameters, which would be waited for', async () => {
    await expect(openSocket(tracker.url.replace('/trpc', '/other')).opened).rejects.toThrow('404');
    await expect(openSocket(`${tracker.url}?connectionParams=1`).opened).rejects.toThrow('400');
  });

  test('to a stranger by the answer to the first call', async () => {
    const socket = openSocket(tracker.url, { cookie: randomUUID() });
    await socket.subscribe('live.campaigns', {});
    const { error } = await socket.until((message) => message.error !== undefined);
    expect(error?.json.data.code).toBe('UNAUTHORIZED');
    socket.cut();
  });

  test('to one user beyond twenty', async () => {
    const { cookie } = await signIn();
    const sockets = Array.from({ length: SOCKET_LIMITS.socketsPerUserMax }, () => openSocket(tracker.url, { cookie }));
    await Promise.all(sockets.map((socket) => socket.opened));
    await expect(openSocket(tracker.url, { cookie }).opened).rejects.toThrow('429');
    for (const socket of sockets) socket.cut();
  });
});

test('a stream that is cut and comes back misses nothing and tells nothing twice', async () => {
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const { cookie } = await signIn();
  const first = openSocket(tracker.url, { cookie });
  await first.subscribe('live.campaign', { id: campaignId });
  await first.until(isReset);
  for (const version of [2, 3, 4]) await tell(campaignId, version);
  const last = await first.until((message) => versionSchema(message) === 4);
  first.cut();

  for (const version of [5, 6]) await tell(campaignId, version);
  const second = openSocket(tracker.url, { cookie });
  await second.subscribe('live.campaign', { id: campaignId, lastEventId: last.result?.id });
  await second.until((message) => versionSchema(message) === 6);
  await tell(campaignId, 7);
  await second.until((message) => versionSchema(message) === 7);

  const told = [...first.messages, ...second.messages].map(versionSchema).filter((version) => version !== null);
  expect(told).toEqual([2, 3, 4, 5, 6, 7]);
  second.cut();
});

describe('a socket ends', () => {
  test('with its session, and only the sockets of that session', async () => {
    const [one, other] = [await signIn(), await signIn()];
    const ending = openSocket(tracker.url, { cookie: one.cookie });
    const staying = openSocket(tracker.url, { cookie: other.cookie });
    await Promise.all([ending.opened, staying.opened]);
    await database.pool.query('DELETE FROM sessions WHERE id = $1', [one.cookie]);
    expect(await ending.closed).toBe(CLOSE.sessionEnded);

    await staying.subscribe('live.me', {});
    await staying.until(isReset);
    staying.cut();
  });

  test("when its user's role changes", async () => {
    const { userId, cookie } = await signIn('ADMIN');
    const socket = openSocket(tracker.url, { cookie });
    await socket.subscribe('live.admin', {});
    await socket.until(isReset);
    await database.pool.query(`UPDATE users SET role = 'CLIPPER' WHERE id = $1`, [userId]);
    expect(await socket.closed).toBe(CLOSE.accessChanged);
  });

  test('when its session expires', async () => {
    const { cookie } = await signIn('CLIPPER', new Date(Date.now() + 300));
    const socket = openSocket(tracker.url, { cookie });
    await socket.opened;
    expect(await socket.closed).toBe(CLOSE.sessionEnded);
  });

  test('when it floods', async () => {
    const { cookie } = await signIn();
    const socket = openSocket(tracker.url, { cookie });
    for (let id = 1; id <= SOCKET_LIMITS.callsPerWindowMax + 1; id += 1) await socket.subscribe('live.none', {}, id);
    expect(await socket.closed).toBe(CLOSE.policy);
  });
});

test("what is for admins is not for clippers, and one's own for nobody else", async () => {
  const { cookie } = await signIn();
  const socket = openSocket(tracker.url, { cookie });
  await socket.subscribe('live.admin', {});
  const { error } = await socket.until((message) => message.error !== undefined);
  expect(error?.json.data.code).toBe('FORBIDDEN');
  socket.cut();
});

test('a tracker that stops tells its clients to reconnect', async () => {
  const other = await startSockets();
  const { cookie } = await signIn();
  const socket = openSocket(other.url, { cookie });
  await socket.subscribe('live.me', {});
  await socket.until(isReset);
  await other.stop();
  expect(socket.messages.at(-1)).toMatchObject({ id: null, method: 'reconnect' });
  expect(await socket.closed).toBe(CLOSE.goingAway);
});

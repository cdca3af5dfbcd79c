import { randomUUID } from 'node:crypto';
import { createWorld } from '@clipmeter/testing/settlement-world';
import { createTestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSocket } from '#src/sockets/socket-client.fixture.ts';
import { CLOSE, SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';
import { isReset, openSocketWorld, type SocketWorld, versionOf } from '#src/sockets/socket-world.fixture.ts';

let world: SocketWorld;
let tracker: Awaited<ReturnType<SocketWorld['start']>>;
beforeAll(async () => {
  const database = await createTestDatabase();
  world = openSocketWorld({ ...createWorld(database.pool), database });
  tracker = await world.start();
});
afterAll(() => world.close());

describe('a socket is refused', () => {
  test('from another site', async () => {
    const { cookie } = await world.signIn();
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
    const { cookie } = await world.signIn();
    const sockets = Array.from({ length: SOCKET_LIMITS.socketsPerUserMax }, () => openSocket(tracker.url, { cookie }));
    await Promise.all(sockets.map((socket) => socket.opened));
    await expect(openSocket(tracker.url, { cookie }).opened).rejects.toThrow('429');
    for (const socket of sockets) socket.cut();
  });

  test('to one user who comes again and again', async () => {
    const { cookie } = await world.signIn();
    const statuses: string[] = [];
    for (let attempt = 0; attempt < SOCKET_LIMITS.handshakes.burst + 30; attempt += 1) {
      const socket = openSocket(tracker.url, { cookie });
      await socket.opened.then(
        () => statuses.push('open'),
        (error: Error) => statuses.push(error.message),
      );
      socket.cut();
    }
    expect(statuses.at(-1)).toContain('429');
    expect(statuses.filter((status) => status === 'open').length).toBeGreaterThanOrEqual(
      SOCKET_LIMITS.handshakes.burst,
    );
  });

  test('when the process is full, and strangers before it is', async () => {
    const full = await world.start({ socketsMax: 4, strangersMax: 2 });
    const open = async (cookie?: string) => {
      const socket = openSocket(full.url, cookie === undefined ? {} : { cookie });
      await socket.opened;
      return socket;
    };
    const strangers = [await open(), await open()];
    await expect(open()).rejects.toThrow('503');
    const { cookie } = await world.signIn();
    const known = [await open(cookie), await open(cookie)];
    await expect(open(cookie)).rejects.toThrow('503');
    for (const socket of [...strangers, ...known]) socket.cut();
  });
});

test('a stream that is cut and comes back misses nothing and tells nothing twice', async () => {
  const campaignId = await world.addCampaign();
  const { cookie } = await world.signIn();
  const first = openSocket(tracker.url, { cookie });
  await first.subscribe('live.campaign', { id: campaignId });
  await first.until(isReset);
  for (const version of [2, 3, 4]) await world.tell(campaignId, version);
  const last = await first.until((message) => versionOf(message) === 4);
  first.cut();

  for (const version of [5, 6]) await world.tell(campaignId, version);
  const second = openSocket(tracker.url, { cookie });
  await second.subscribe('live.campaign', { id: campaignId, lastEventId: last.result?.id });
  await second.until((message) => versionOf(message) === 6);
  await world.tell(campaignId, 7);
  await second.until((message) => versionOf(message) === 7);

  const told = [...first.messages, ...second.messages].map(versionOf).filter((version) => version !== null);
  expect(told).toEqual([2, 3, 4, 5, 6, 7]);
  second.cut();
});

describe('a socket ends', () => {
  test('with its session, and only the sockets of that session', async () => {
    const [one, other] = [await world.signIn(), await world.signIn()];
    const ending = openSocket(tracker.url, { cookie: one.cookie });
    const staying = openSocket(tracker.url, { cookie: other.cookie });
    await Promise.all([ending.opened, staying.opened]);
    await world.database.pool.query('DELETE FROM sessions WHERE id = $1', [one.cookie]);
    expect(await ending.closed).toBe(CLOSE.sessionEnded);

    await staying.subscribe('live.me', {});
    await staying.until(isReset);
    staying.cut();
  });

  test("when its user's role changes", async () => {
    const { userId, cookie } = await world.signIn('ADMIN');
    const socket = openSocket(tracker.url, { cookie });
    await socket.subscribe('live.admin', {});
    await socket.until(isReset);
    await world.database.pool.query(`UPDATE users SET role = 'CLIPPER' WHERE id = $1`, [userId]);
    expect(await socket.closed).toBe(CLOSE.accessChanged);
  });

  test('when its session expires', async () => {
    const { cookie } = await world.signIn('CLIPPER', new Date(Date.now() + 300));
    const socket = openSocket(tracker.url, { cookie });
    await socket.opened;
    expect(await socket.closed).toBe(CLOSE.sessionEnded);
  });

  test('when it calls without end, even if each call is allowed', async () => {
    const { cookie } = await world.signIn();
    const socket = openSocket(tracker.url, { cookie });
    await socket.opened;
    // More than comes back while they are sent.
    for (let sent = 0; sent < 2 * SOCKET_LIMITS.calls.burst; sent += 1) await socket.stop(sent);
    expect(await socket.closed).toBe(CLOSE.policy);
  });

  test('when it goes on after refusals', async () => {
    const { cookie } = await world.signIn();
    const socket = openSocket(tracker.url, { cookie });
    for (let id = 1; id <= SOCKET_LIMITS.refusalsMax + 1; id += 1) await socket.subscribe('live.none', {}, id);
    expect(await socket.closed).toBe(CLOSE.policy);
    expect(socket.messages.filter((message) => message.error !== undefined)).toHaveLength(SOCKET_LIMITS.refusalsMax);
  });
});

test("what is for admins is not for clippers, and one's own for nobody else", async () => {
  const { cookie } = await world.signIn();
  const socket = openSocket(tracker.url, { cookie });
  await socket.subscribe('live.admin', {});
  const { error } = await socket.until((message) => message.error !== undefined);
  expect(error?.json.data.code).toBe('FORBIDDEN');
  socket.cut();
});

test('a tracker that stops tells its clients to reconnect', async () => {
  const other = await world.start();
  const { cookie } = await world.signIn();
  const socket = openSocket(other.url, { cookie });
  await socket.subscribe('live.me', {});
  await socket.until(isReset);
  await other.stop();
  expect(socket.messages.at(-1)).toMatchObject({ id: null, method: 'reconnect' });
  expect(await socket.closed).toBe(CLOSE.goingAway);
});

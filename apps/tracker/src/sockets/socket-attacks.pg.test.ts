import { createWorld } from '@clipmeter/testing/settlement-world';
import { createTestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSocket, type SocketMessage } from '#src/sockets/socket-client.fixture.ts';
import { CLOSE, SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';
import {
  campaignEvent,
  follow,
  isReset,
  openSocketWorld,
  type SocketWorld,
  versionOf,
} from '#src/sockets/socket-world.fixture.ts';

const TOO_BIG = 1009;

let world: SocketWorld;
let tracker: Awaited<ReturnType<SocketWorld['start']>>;
let campaignId: string;
beforeAll(async () => {
  const database = await createTestDatabase();
  world = openSocketWorld({ ...createWorld(database.pool), database });
  tracker = await world.start();
  campaignId = await world.addCampaign();
});
afterAll(() => world.close());

let version = 1;
/** Who behaves goes on being served. */
async function expectHonestServed(honest: Awaited<ReturnType<typeof follow>>): Promise<void> {
  version += 1;
  const wanted = version;
  await world.tell(campaignId, wanted);
  await honest.until((message) => versionOf(message) === wanted);
}

const codeOf = (message: SocketMessage) => message.error?.json.data.code;
const call = (id: number) => ({ id, method: 'subscription', params: { path: 'live.me', input: { json: {} } } });

async function pair() {
  const [honest, attacker] = [await world.signIn(), await world.signIn()];
  return {
    honest: await follow(tracker.url, honest.cookie, campaignId),
    attacker: openSocket(tracker.url, { cookie: attacker.cookie }),
    cookie: attacker.cookie,
  };
}

test('50,000 calls in a frame close the socket that sent them', async () => {
  const { honest, attacker } = await pair();
  await attacker.send(JSON.stringify(Array.from({ length: 50_000 }, (_, id) => call(id))));
  expect(await attacker.closed).toBe(TOO_BIG);
  await expectHonestServed(honest);
});

test('as many short calls as fit a frame are refused as one', async () => {
  const { honest, attacker } = await pair();
  const calls = Array.from({ length: SOCKET_LIMITS.callsPerFrameMax + 1 }, (_, id) => call(id));
  await attacker.send(JSON.stringify(calls));
  expect(codeOf(await attacker.until((message) => message.id === null))).toBe('PARSE_ERROR');
  await expectHonestServed(honest);
  attacker.cut();
});

test('10 MB in a frame close the socket before they are read', async () => {
  const { honest, attacker } = await pair();
  await attacker.send('x'.repeat(10 * 1024 * 1024));
  expect(await attacker.closed).toBe(TOO_BIG);
  await expectHonestServed(honest);
});

test('of 1,000 subscriptions a handful is served and the rest refused, then the socket is closed', async () => {
  const { honest, attacker } = await pair();
  for (let id = 1; id <= 1_000; id += SOCKET_LIMITS.callsPerFrameMax) {
    await attacker.send(JSON.stringify(Array.from({ length: SOCKET_LIMITS.callsPerFrameMax }, (_, n) => call(id + n))));
  }
  expect(await attacker.closed).toBe(CLOSE.policy);
  const started = attacker.messages.filter((message) => message.result?.type === 'started');
  expect(started.length).toBeLessThanOrEqual(SOCKET_LIMITS.subscriptionsPerSocketMax);
  expect(attacker.messages.some((message) => codeOf(message) === 'TOO_MANY_REQUESTS')).toBe(true);
  await expectHonestServed(honest);
});

test('calls are counted however they are framed, and binary, nonsense and mutations are refused', async () => {
  const { attacker } = await pair();
  for (const text of ['nonsense', '[]', '{"id":1,"method":"mutation","params":{"path":"campaigns.create"}}']) {
    await attacker.send(text);
  }
  await attacker.until(() => attacker.messages.length === 3);
  expect(attacker.messages.map(codeOf)).toEqual(['PARSE_ERROR', 'PARSE_ERROR', 'PARSE_ERROR']);
  attacker.cut();
});

test("another user's topic, and the admins', cannot be asked for", async () => {
  const { honest, attacker } = await pair();
  await attacker.subscribe('live.admin', {}, 1);
  expect(codeOf(await attacker.until((message) => message.id === 1))).toBe('FORBIDDEN');
  // A topic cannot be named: `me` is who the session says, whatever else is sent.
  const other = await world.signIn();
  await attacker.subscribe('live.me', { userId: other.userId }, 2);
  await attacker.subscribe('live.campaign', { id: `user:${other.userId}` }, 3);
  expect(codeOf(await attacker.until((message) => message.id === 3))).toBe('BAD_REQUEST');
  await world.notify(other.userId);
  await expectHonestServed(honest);
  expect(JSON.stringify(attacker.messages)).not.toContain(other.userId);
  attacker.cut();
});

test('a reader that stalls holds nobody else up, and is told the latest or to fetch it when it reads again', async () => {
  const { honest, attacker } = await pair();
  await attacker.subscribe('live.campaign', { id: campaignId });
  await attacker.until((message) => message.result?.type === 'data');
  attacker.stall();
  const clips = Array.from({ length: 100 }, (_, n) => ({
    clipId: `01930000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    version: 1,
    views: 1,
    readAt: null,
  }));
  // More than the kernel's buffers and ours hold of one reader.
  for (let n = 0; n < 1_000; n += 1) {
    version += 1;
    tracker.hub.publish([campaignEvent(campaignId, version, clips)]);
    if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const last = version;
  const caughtUp = (messages: SocketMessage[]) => (message: SocketMessage) =>
    versionOf(message) === last || (isReset(message) && message !== messages.find(isReset));
  await honest.until(caughtUp(honest.messages));
  expect(attacker.messages.some((message) => versionOf(message) === last)).toBe(false);
  attacker.resume();
  await attacker.until(caughtUp(attacker.messages));
  const seen = attacker.messages.map(versionOf).filter((each) => each !== null);
  expect(seen.length).toBeLessThan(1_000);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  attacker.cut();
});

test('a session revoked while it is open is closed within a second', async () => {
  const { honest, attacker, cookie } = await pair();
  await attacker.opened;
  // It does not read, so it does not answer the close either.
  attacker.stall();
  const revokedAt = performance.now();
  await world.database.pool.query('DELETE FROM sessions WHERE id = $1', [cookie]);
  await expectHonestServed(honest);
  attacker.resume();
  expect(await attacker.closed).toBe(CLOSE.sessionEnded);
  expect(performance.now() - revokedAt).toBeLessThan(1_000);
});

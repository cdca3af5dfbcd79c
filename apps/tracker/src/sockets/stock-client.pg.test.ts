import { randomUUID } from 'node:crypto';
import { type AppRouter, appRouter } from '@clipmeter/api/app-router';
import type { LiveMessage } from '@clipmeter/api/output/live-event';
import { createWorld } from '@clipmeter/testing/settlement-world';
import { createTestDatabase } from '@clipmeter/testing/test-database';
import { createTRPCClient, createWSClient, type TRPCClientError, wsLink } from '@trpc/client';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import superjson from 'superjson';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { openSocket } from '#src/sockets/socket-client.fixture.ts';
import {
  isReset,
  isStarted,
  ORIGIN,
  openSocketWorld,
  type SocketWorld,
  versionOf,
  viewerOf,
} from '#src/sockets/socket-world.fixture.ts';

let world: SocketWorld;
let tracker: Awaited<ReturnType<SocketWorld['start']>>;
beforeAll(async () => {
  const database = await createTestDatabase();
  world = openSocketWorld({ ...createWorld(database.pool), database });
  tracker = await world.start();
});
afterAll(() => world.close());

/** tRPC's own client, as the web app sets it up. */
function stockClient(cookie: string) {
  class Browser extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie, origin: ORIGIN } });
    }
  }
  const socket = createWSClient({
    url: tracker.url,
    WebSocket: Browser,
    retryDelayMs: () => 0,
    keepAlive: { enabled: true, intervalMs: 50, pongTimeoutMs: 5_000 },
  });
  const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket, transformer: superjson })] });
  return { client, close: () => socket.close() };
}

/** What a subscription of the stock client was told, and a wait for what it will be. */
function record() {
  const messages: LiveMessage[] = [];
  const waiting = new Set<() => void>();
  const failed = Promise.withResolvers<TRPCClientError<AppRouter>>();
  const callbacks = {
    onData({ data }: { id: string; data: LiveMessage }) {
      messages.push(data);
      for (const look of [...waiting]) look();
    },
    onError: (error: TRPCClientError<AppRouter>) => failed.resolve(error),
  };
  // What happens to the viewer's own sign-ins comes by the same subscription.
  const versions = (): (number | string)[] =>
    messages
      .filter((message) => message.type === 'campaign.changed' || message.type === 'reset')
      .map((message) => (message.type === 'campaign.changed' ? message.payload.version : message.type));
  async function until(version: number | 'reset'): Promise<void> {
    while (!versions().includes(version)) {
      await new Promise<void>((resolve) => {
        const look = () => {
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    }
  }
  return { callbacks, versions, until, failed: failed.promise };
}

test('the stock client follows, is sent away, comes back by itself and misses nothing', async () => {
  const campaignId = await world.addCampaign();
  const { cookie } = await world.signIn();
  const { client, close } = stockClient(cookie);
  const told = record();
  client.live.campaign.subscribe({ id: campaignId }, told.callbacks);
  await told.until('reset');
  for (const version of [2, 3]) await world.tell(campaignId, version);
  await told.until(3);
  tracker.closeAll();
  for (const version of [4, 5, 6]) await world.tell(campaignId, version);
  await told.until(6);
  await world.tell(campaignId, 7);
  await told.until(7);
  expect(told.versions()).toEqual(['reset', 2, 3, 4, 5, 6, 7]);
  await close();
});

test('the stock client is told why it may not follow, and goes on following the rest', async () => {
  const { cookie } = await world.signIn();
  const { client, close } = stockClient(cookie);
  const refused = record();
  client.live.admin.subscribe({}, refused.callbacks);
  const error = await refused.failed;
  expect(error.message).toBe('Only an admin may do this.');
  expect(error.data?.code).toBe('FORBIDDEN');

  const mine = record();
  client.live.me.subscribe({}, mine.callbacks);
  await mine.until('reset');
  await close();
});

test("what is on the wire is what tRPC's own adapter would have sent", async () => {
  const campaignId = await world.addCampaign();
  const { userId, cookie } = await world.signIn();
  const stock = await world.startWith(async (server, live) => {
    const wss = new WebSocketServer({ server });
    const viewer = viewerOf(userId, cookie, 'CLIPPER');
    const base = { pool: world.database.pool, now: () => new Date(), logError: () => {} };
    applyWSSHandler({
      wss,
      router: appRouter,
      createContext: () => ({ ...base, viewer, requestId: randomUUID(), live }),
    });
    return async () => {
      for (const client of wss.clients) client.terminate();
      wss.close();
    };
  });
  const clipId = randomUUID();
  const [theirs, ours] = await Promise.all(
    [stock, tracker].map(async ({ url }) => {
      const socket = openSocket(url, { cookie });
      await socket.subscribe('live.campaigns', { ids: [campaignId], lastEventId: await cursor() }, 7);
      await socket.until(isStarted);
      return socket;
    }),
  );
  if (!theirs || !ours) throw new Error('two sockets were opened');
  await world.tell(campaignId, 2, [{ clipId, version: 1, views: 5_000, readAt: null }]);
  await world.tell(campaignId, 3);
  for (const socket of [theirs, ours]) {
    await socket.until((message) => versionOf(message) === 3);
    await socket.subscribe('live.admin', {}, 8);
    await socket.until((message) => message.id === 8);
    await socket.subscribe('live.nothing', {}, 9);
    await socket.until((message) => message.id === 9);
    await socket.stop(7);
    await socket.until((message) => message.result?.type === 'stopped');
  }
  const withoutRequestIds = (texts: readonly string[]) =>
    texts.map((text) => text.replace(/"requestId":"[^"]*"/, '"requestId":""'));
  expect(withoutRequestIds(ours.texts)).toEqual(withoutRequestIds(theirs.texts));
  expect(ours.messages.some(isReset)).toBe(false);
  for (const socket of [theirs, ours]) socket.cut();
});

async function cursor(): Promise<string> {
  const { rows } = await world.database.pool.query<{ cursor: string }>(
    `SELECT cursor_generation || ':' || pg_snapshot_xmin(pg_current_snapshot()) || ':0' AS cursor FROM installation`,
  );
  return rows[0]?.cursor ?? '';
}

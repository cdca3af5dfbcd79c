import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { LiveContext, Viewer } from '@clipmeter/api/context';
import type { OpenSession } from '@clipmeter/api/session';
import type { Pool } from '@clipmeter/db/connect';
import { appendEvents } from '@clipmeter/db/event-log';
import { createEventSource } from '@clipmeter/db/event-source';
import { withTransaction } from '@clipmeter/db/transaction';
import { formatCursor } from '@clipmeter/realtime/cursor';
import type { LogEvent } from '@clipmeter/realtime/event-source';
import { Follower } from '@clipmeter/realtime/follower';
import { Hub } from '@clipmeter/realtime/hub';
import { campaignTopic, userTopic } from '@clipmeter/realtime/topic';
import { pino } from 'pino';
import { openSocket, type SocketMessage } from '#src/sockets/socket-client.fixture.ts';
import { createSocketServer, type ProcessLimits } from '#src/sockets/socket-server.ts';

export const ORIGIN = 'http://localhost:3000';

/** What the world stands on: a test's database, and the rows that it makes there. */
export interface SocketWorldBase {
  readonly database: { readonly url: string; readonly pool: Pool; drop(): Promise<void> };
  addUser(role: 'ADMIN' | 'CLIPPER'): Promise<string>;
  addCampaign(spec: { budget: string; rate: string }): Promise<string>;
}

/** People with sessions, and the socket's half of as many trackers as a test wants. */
export function openSocketWorld(base: SocketWorldBase) {
  const { database } = base;
  const stops: (() => Promise<void>)[] = [];

  /** What serves sockets beside a follower: `serve` mounts it on the server and returns what stops it. */
  async function startWith(serve: (server: Server, live: LiveContext) => Promise<() => Promise<void>>) {
    const server = createServer();
    const hub = new Hub();
    const source = createEventSource(database.pool, { url: database.url });
    const follower = new Follower({ source, hub, onError: () => {} });
    const following = follower.run();
    const stopServing = await serve(server, { source, hub, lagMs: () => follower.lag().lagMs });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    let stopping: Promise<void> | null = null;
    const stop = () => {
      stopping ??= (async () => {
        await stopServing();
        server.close();
        follower.stop();
        await following;
        await source.close();
      })();
      return stopping;
    };
    stops.push(stop);
    return { url: `ws://127.0.0.1:${address.port}/trpc`, hub, stop };
  }

  /** Sessions whose cookie is their id. */
  async function start(limits?: ProcessLimits) {
    let closeAll = () => {};
    const tracker = await startWith(async (server, live) => {
      const sockets = createSocketServer({
        server,
        live,
        log: pino({ level: 'silent' }),
        allowedOrigins: [ORIGIN],
        ...(limits && { limits }),
        readSession: readCookie,
        api: { pool: database.pool, now: () => new Date(), logError: () => {} },
      });
      await sockets.run();
      closeAll = () => sockets.registry.closeAll();
      return () => sockets.stop();
    });
    /** `closeAll`: everyone is sent away and may come again. */
    return { ...tracker, closeAll };
  }

  async function readCookie(headers: Headers): Promise<OpenSession | null> {
    const { rows } = await database.pool.query<{ user_id: string; role: 'ADMIN' | 'CLIPPER'; expires_at: Date }>(
      `SELECT s.user_id, s.expires_at, u.role FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.id::text = $1 AND s.expires_at > now()`,
      [headers.get('cookie')],
    );
    const [row] = rows;
    if (!row) return null;
    return { viewer: viewerOf(row.user_id, headers.get('cookie') ?? '', row.role), expiresAt: row.expires_at };
  }

  async function signIn(role: 'ADMIN' | 'CLIPPER' = 'CLIPPER', expiresAt = new Date(Date.now() + 3_600_000)) {
    const userId = await base.addUser(role);
    const sessionId = randomUUID();
    await database.pool.query(
      'INSERT INTO sessions (id, user_id, token, expires_at) VALUES ($1::uuid, $2, $1::text, $3)',
      [sessionId, userId, expiresAt],
    );
    return { userId, cookie: sessionId };
  }

  /** One change of a campaign, told in its own transaction. */
  const tell = (campaignId: string, version: number, clips: readonly object[] = []) =>
    append({
      topic: campaignTopic(campaignId),
      type: 'campaign.changed',
      payload: campaignPayload(campaignId, version, clips),
    });

  /** Something for one user only. */
  const notify = (userId: string) =>
    append({
      topic: userTopic(userId),
      type: 'earnings.changed',
      payload: { userId, balances: [], clips: [], at: new Date().toISOString() },
    });

  async function append(event: Parameters<typeof appendEvents>[1][number]): Promise<void> {
    await withTransaction(database.pool, (tx) => appendEvents(tx, [event]));
  }

  return {
    database,
    start,
    startWith,
    signIn,
    tell,
    notify,
    addCampaign: () => base.addCampaign({ budget: '100', rate: '10' }),
    async close() {
      for (const stop of stops) await stop();
      await database.drop();
    },
  };
}

function campaignPayload(campaignId: string, version: number, clips: readonly object[]) {
  return {
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
    clips,
    at: new Date().toISOString(),
  };
}

/** The same as the follower would have read it, far in the log's future: for who publishes past the log. */
export function campaignEvent(campaignId: string, version: number, clips: readonly object[]): LogEvent {
  return {
    cursor: formatCursor({ generation: 1, xid: 1_000_000n + BigInt(version), id: BigInt(version) }),
    topic: campaignTopic(campaignId),
    type: 'campaign.changed',
    payload: campaignPayload(campaignId, version, clips),
    at: new Date(),
  };
}

export type SocketWorld = ReturnType<typeof openSocketWorld>;

export function viewerOf(userId: string, sessionId: string, role: Viewer['role']): Viewer {
  return { userId, sessionId, role, name: 'Somebody', email: 'somebody@example.com' };
}

/** The version that a message tells of its campaign. */
export function versionOf(message: SocketMessage): number | null {
  const data = message.result?.data?.json.data;
  const payload = data?.['payload'];
  if (data?.type !== 'campaign.changed' || typeof payload !== 'object' || payload === null) return null;
  return 'version' in payload && typeof payload.version === 'number' ? payload.version : null;
}

export const isReset = (message: SocketMessage) => message.result?.data?.json.data?.type === 'reset';
export const isStarted = (message: SocketMessage) => message.result?.type === 'started';

/** A socket that follows a campaign from now on. */
export async function follow(url: string, cookie: string, campaignId: string, id = 1) {
  const socket = openSocket(url, { cookie });
  await socket.subscribe('live.campaign', { id: campaignId }, id);
  await socket.until(isReset);
  return socket;
}

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { LogEvent } from '@clipmeter/realtime/event-source';
import { MemoryEventLog } from '@clipmeter/realtime/memory-event-log';
import { userTopic } from '@clipmeter/realtime/topic';
import { describe, expect, test } from 'vitest';
import { createHeldSockets, settled } from '#src/sockets/held-socket.fixture.ts';
import { SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';
import { campaignEvent } from '#src/sockets/socket-world.fixture.ts';

const MIB = 1024 * 1024;
const CLIPS = 100;

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** What the process holds after everything that nobody needs is gone. */
function heldBytes(): number {
  if (typeof collectGarbage !== 'function') throw new Error('no gc');
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const idOf = (prefix: number, n: number) =>
  `${String(prefix).padStart(8, '0')}-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A settlement of a hundred clips: the largest that an event may be, about eleven kilobytes, shared with nobody. */
function settlement(campaign: number, version: number): LogEvent {
  const clips = Array.from({ length: CLIPS }, (_, n) => ({
    clipId: idOf(campaign, (version % 30) * CLIPS + n),
    version,
    views: version,
    readAt: new Date(version).toISOString(),
  }));
  return campaignEvent(idOf(campaign, 0), version, clips);
}

const subscribe = (id: number, path: string, input: object, lastEventId?: string) =>
  JSON.stringify({ id, method: 'subscription', params: { path, input: { json: input }, lastEventId } });

const PING = 'PING';

describe('what a reader that takes nothing costs', () => {
  test('is at most a mebibyte of memory, however much there is to tell', async () => {
    const { hub, open } = createHeldSockets();
    const sockets = Array.from({ length: 10 }, open);
    for (const [campaign, socket] of sockets.entries()) {
      for (let id = 1; id <= 3; id += 1) socket.say(subscribe(id, 'live.campaign', { id: idOf(campaign, 0) }));
      await settled();
      expect(socket.heard()).toContain('reset');
      socket.transport.hold();
    }
    const before = heldBytes();
    let most = 0;
    // Ten times what it may cost, for each of three subscriptions.
    for (let version = 1; version <= 120; version += 1) {
      for (const campaign of sockets.keys()) hub.publish([settlement(campaign, version)]);
      if (version % 30 === 0) most = Math.max(most, heldBytes() - before);
    }
    expect(most / sockets.length).toBeLessThan(MIB);
    expect(sockets.every((socket) => socket.isOpen)).toBe(true);

    const [first] = sockets;
    first?.transport.letGo();
    await settled();
    expect(first?.heard()).toContain('"type":"reset"');
  });

  test('is a few events of what it missed, however much that is', async () => {
    const log = new MemoryEventLog();
    const cursor = await log.head();
    for (let version = 1; version <= 400; version += 1) {
      const { topic, type, payload } = settlement(1, version);
      log.write(topic, type, JSON.stringify(payload));
    }
    // Each read makes the rows anew, as a database does.
    const source = Object.assign(new MemoryEventLog(), {
      async readAfter(...args: Parameters<MemoryEventLog['readAfter']>) {
        const page = await log.readAfter(...args);
        if (page.lost) return page;
        return { ...page, events: page.events.map((row) => ({ ...row, payload: JSON.parse(String(row.payload)) })) };
      },
    });
    const { open } = createHeldSockets(source);
    const sockets = Array.from({ length: 5 }, open);
    for (const socket of sockets) socket.transport.hold();
    const before = heldBytes();
    for (const socket of sockets) socket.say(subscribe(1, 'live.campaign', { id: idOf(1, 0) }, cursor));
    await settled();
    expect((heldBytes() - before) / sockets.length).toBeLessThan(MIB);

    const [first] = sockets;
    first?.transport.letGo();
    const told: string[] = [];
    while (!told.join('').includes('"version":400,"status"')) {
      await settled();
      told.push(first?.heard() ?? '');
    }
    const versions = [...told.join('').matchAll(/"version":(\d+),"status"/g)].map((match) => Number(match[1]));
    expect(versions).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
  });

  test('ends after thirty seconds: it is cut', async () => {
    const { hub, time, open } = createHeldSockets();
    const socket = open();
    socket.say(subscribe(1, 'live.campaign', { id: idOf(1, 0) }));
    await settled();
    socket.transport.hold();
    // It answers pings all the time: it is not gone, it does not read.
    const alive = async () => {
      socket.say('PONG');
      await settled();
      socket.connection.check(time.nowMs);
    };
    for (let version = 1; version <= 20; version += 1) hub.publish([settlement(1, version)]);
    await settled();
    for (let waitedMs = 0; waitedMs < SOCKET_LIMITS.stalledMs; waitedMs += 1_000) {
      time.nowMs += 1_000;
      await alive();
      expect(socket.isDestroyed).toBe(false);
    }
    time.nowMs += 1;
    await alive();
    expect(socket.isDestroyed).toBe(true);
  });

  test('ends at once if a single answer is more than a mebibyte', async () => {
    const { hub, open } = createHeldSockets();
    const socket = open();
    socket.say(subscribe(1, 'live.me', {}));
    await settled();
    socket.transport.hold();
    const { cursor, at } = settlement(1, 1);
    const notice = { id: 'n', kind: 'k', title: 't', body: 'x'.repeat(MIB), link: null, at: at.toISOString() };
    hub.publish([{ cursor, at, topic: userTopic(socket.userId), type: 'notification.created', payload: notice }]);
    await settled();
    expect(socket.isDestroyed).toBe(true);
  });

  test('is nothing any more once it reads again: the thirty seconds begin anew', async () => {
    const { hub, time, open } = createHeldSockets();
    const socket = open();
    socket.say(subscribe(1, 'live.campaign', { id: idOf(1, 0) }));
    await settled();
    let version = 0;
    for (let stall = 0; stall < 3; stall += 1) {
      socket.transport.hold();
      for (let told = 0; told < 20; told += 1) hub.publish([settlement(1, ++version)]);
      await settled();
      time.nowMs += SOCKET_LIMITS.stalledMs;
      socket.say('PONG');
      await settled();
      socket.connection.check(time.nowMs);
      socket.transport.letGo();
      await settled();
    }
    expect(socket.isDestroyed).toBe(false);
  });
});

describe('who is silent', () => {
  test('is pinged, and cut without an answer', async () => {
    const { time, open } = createHeldSockets();
    const [silent, answering] = [open(), open()];
    const look = async () => {
      for (const socket of [silent, answering]) socket.connection.check(time.nowMs);
      await settled();
    };
    time.nowMs += SOCKET_LIMITS.pingMs;
    await look();
    expect([silent.heard(), answering.heard()]).toEqual(['', '']);
    time.nowMs += 1;
    await look();
    expect(silent.heard()).toContain(PING);
    expect(answering.heard()).toContain(PING);
    time.nowMs += SOCKET_LIMITS.pongWaitMs;
    answering.say('PONG');
    await settled();
    await look();
    expect([silent.isDestroyed, answering.isDestroyed]).toEqual([false, false]);
    time.nowMs += 1;
    await look();
    expect([silent.isDestroyed, answering.isDestroyed]).toEqual([true, false]);
  });
});

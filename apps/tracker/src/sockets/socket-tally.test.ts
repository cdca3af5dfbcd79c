import { expect, test } from 'vitest';
import { createHeldSockets, settled } from '#src/sockets/held-socket.fixture.ts';
import { CLOSE, SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';
import { campaignEvent } from '#src/sockets/socket-world.fixture.ts';

const CAMPAIGN = '00000001-0000-7000-8000-000000000000';
const subscribe = (id: number) =>
  JSON.stringify({ id, method: 'subscription', params: { path: 'live.campaign', input: { json: { id: CAMPAIGN } } } });

test('frames count as many as they are and the bytes that reached the transport, joined or not', async () => {
  const { hub, tally, open } = createHeldSockets();
  const socket = open();
  socket.say(subscribe(1));
  await settled();
  expect(socket.heard()).toContain('"type":"started"');
  const before = { ...tally };
  // In one page of the log: one write.
  hub.publish([campaignEvent(CAMPAIGN, 1, []), campaignEvent(CAMPAIGN, 2, [])]);
  await settled();
  expect(tally.frames - before.frames).toBe(2);
  expect(tally.bytes - before.bytes).toBe(Buffer.byteLength(socket.heard(), 'latin1'));
});

test('who starts without a cursor is told to fetch, and that is counted', async () => {
  const { tally, open } = createHeldSockets();
  const socket = open();
  socket.say(subscribe(1), subscribe(2));
  await settled();
  expect(tally.snapshots).toBe(2);
});

test('a reader that takes nothing is counted once, as stalled', async () => {
  const { hub, time, tally, open } = createHeldSockets();
  const socket = open();
  socket.say(subscribe(1));
  await settled();
  socket.transport.hold();
  const clips = Array.from({ length: 100 }, (_, n) => ({
    clipId: `00000002-0000-7000-8000-${String(n).padStart(12, '0')}`,
    version: 1,
    views: 1,
    readAt: new Date(0).toISOString(),
  }));
  for (let version = 1; version <= 30; version += 1) hub.publish([campaignEvent(CAMPAIGN, version, clips)]);
  await settled();
  time.nowMs += SOCKET_LIMITS.stalledMs + 1;
  socket.connection.check(time.nowMs);
  socket.connection.check(time.nowMs);
  expect([...tally.closed]).toEqual([['stalled', 1]]);
});

test('who is gone is silent, who calls too much breaks the policy, and each counts once', async () => {
  const { time, tally, open } = createHeldSockets();
  const gone = open();
  time.nowMs += SOCKET_LIMITS.pingMs + 1;
  gone.connection.check(time.nowMs);
  time.nowMs += SOCKET_LIMITS.pongWaitMs + 1;
  gone.connection.check(time.nowMs);
  const loud = open();
  for (let n = 0; n <= SOCKET_LIMITS.refusalsMax; n += 1) {
    loud.say('{');
    await settled();
  }
  loud.connection.turnAway(CLOSE.goingAway, 'Come again');
  expect(Object.fromEntries(tally.closed)).toEqual({ silent: 1, policy: 1 });
  expect(Object.fromEntries(tally.callsRefused)).toEqual({ PARSE_ERROR: SOCKET_LIMITS.refusalsMax + 1 });
});

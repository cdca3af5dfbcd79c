import { expect, test } from 'vitest';
import { clientFrame, createHeldSockets, nextTurn, settled } from '#src/sockets/held-socket.fixture.ts';
import { SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';

const PING = Buffer.from([0x89, 0x80, 0, 0, 0, 0]);
const TEXT_BEGINS = 0x01;
const CONTINUED = 0x00;

test('a burst of one socket is heard a message a turn, between those of the others', async () => {
  const { open } = createHeldSockets();
  const [bursting, patient] = [open(), open()];
  bursting.say('nonsense', 'nonsense', 'nonsense', 'nonsense', 'nonsense');
  patient.say('PING');
  let answered = '';
  while (answered === '') {
    await nextTurn();
    answered = patient.heard();
  }
  expect(bursting.heard().split('PARSE_ERROR').length - 1).toBeLessThan(3);
  await settled();
  expect(bursting.heard()).toContain('PARSE_ERROR');
});

test('pings without end close the socket: they are answered, so they count', async () => {
  const { open } = createHeldSockets();
  const socket = open();
  socket.push(Buffer.concat(Array.from({ length: SOCKET_LIMITS.calls.burst }, () => PING)));
  for (let turns = 0; turns < SOCKET_LIMITS.calls.burst; turns += 1) await nextTurn();
  await settled();
  expect(socket.isOpen).toBe(true);
  socket.push(PING);
  await settled();
  expect(socket.isOpen).toBe(false);
});

test.each([
  { how: 'its own framing', first: TEXT_BEGINS },
  { how: 'the network', first: null },
])('a message in more pieces than any of ours closes the socket, by $how', async ({ first }) => {
  const { open } = createHeldSockets();
  const socket = open();
  const whole = clientFrame('x'.repeat(2 * SOCKET_LIMITS.fragmentsMax));
  let pieces = 0;
  while (socket.isOpen && pieces < 2 * SOCKET_LIMITS.fragmentsMax) {
    if (first !== null) socket.push(clientFrame('', pieces === 0 ? first : CONTINUED));
    // A byte at a time, behind a header of eight.
    else socket.push(whole.subarray(pieces === 0 ? 0 : pieces + 7, pieces + 8));
    pieces += 1;
    await settled();
  }
  expect(socket.isOpen).toBe(false);
  expect(pieces - SOCKET_LIMITS.fragmentsMax).toBeOneOf([1, 2]);
});

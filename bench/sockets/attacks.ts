import { maskedFrame } from './raw-socket.ts';
import type { AttackSpec } from './repeated-attack.ts';

const call = (path: string, input: object, id: number) => ({
  id,
  method: 'subscription',
  params: { path, input: { json: input } },
});
const calls = (count: number, path = 'live.campaigns') =>
  maskedFrame(JSON.stringify(Array.from({ length: count }, (_, id) => call(path, {}, id))));

// Made once: what an attack costs its author is not the server's, but here the two share a machine.
const MANY = calls(50_000);
const HUGE = maskedFrame(Buffer.alloc(10 * 1024 * 1024, 'x'));
const TWENTY = calls(20);
const ADMIN = calls(20, 'live.admin');
const FOLLOW = maskedFrame(JSON.stringify(call('live.campaigns', {}, 1)));
/** A topic cannot be named; these are the ways to try. */
const OTHERS = maskedFrame(
  JSON.stringify([
    call('live.campaign', { id: 'user:01930000-0000-7000-8000-000000000001' }, 1),
    call('live.campaigns', { ids: ['user:01930000-0000-7000-8000-000000000001'] }, 2),
    call('live.me', { userId: '01930000-0000-7000-8000-000000000001' }, 3),
    call('live.user', { id: '01930000-0000-7000-8000-000000000001' }, 4),
    call('live.admin', {}, 5),
  ]),
);

/** Each attacker does it, is thrown out, and does it again. */
export const ATTACKS: readonly AttackSpec[] = [
  { name: 'foreign origin', origin: 'http://evil.example' },
  { name: 'parameters that never come', query: '?connectionParams=1' },
  { name: '50,000 calls in a frame', act: (socket) => socket.write(MANY) },
  { name: '10 MB frames', act: (socket) => socket.write(HUGE) },
  {
    name: '1,000 subscriptions',
    act(socket) {
      for (let sent = 0; sent < 50; sent += 1) socket.write(TWENTY);
    },
  },
  {
    name: 'readers that stall',
    act(socket) {
      socket.write(FOLLOW);
      socket.pause();
    },
    staysMs: Number.POSITIVE_INFINITY,
  },
  { name: "another user's topic", act: (socket) => socket.write(OTHERS), everyMs: 10 },
  { name: '`admin` as a clipper', act: (socket) => socket.write(ADMIN), everyMs: 10 },
  // Goes on calling, and answers no close.
  { name: 'a session revoked while open', act: (socket) => socket.write(FOLLOW), everyMs: 100, isRevoked: true },
];

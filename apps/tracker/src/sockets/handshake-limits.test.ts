import { expect, test } from 'vitest';
import { HandshakeLimits } from '#src/sockets/handshake-limits.ts';
import { SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';

const { burst, perSecond } = SOCKET_LIMITS.handshakes;

test('one user opens so many sockets at once and so many a second, and is in nobody else’s way', () => {
  const limits = new HandshakeLimits();
  for (let opened = 0; opened < burst; opened += 1) expect(limits.mayOpen('ann', 0)).toBe(true);
  expect(limits.mayOpen('ann', 0)).toBe(false);
  expect(limits.mayOpen('bob', 0)).toBe(true);
  expect(limits.mayOpen('ann', 1_000 / perSecond)).toBe(true);
  expect(limits.mayOpen('ann', 1_000 / perSecond)).toBe(false);
});

test('a crowd of users does not free one of them from the limit', () => {
  const limits = new HandshakeLimits();
  for (let opened = 0; opened < burst; opened += 1) limits.mayOpen('ann', 0);
  for (let user = 0; user < 20_000; user += 1) limits.mayOpen(`user ${user}`, 0);
  expect(limits.mayOpen('ann', 0)).toBe(false);
});

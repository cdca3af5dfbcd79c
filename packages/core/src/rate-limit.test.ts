import { expect, it } from 'vitest';
import { limitReached, RATE_LIMITS } from '#src/rate-limit.ts';

it('there are these limits and no others', () => {
  const said = Object.entries(RATE_LIMITS).map(([name, { max, windowMs, per }]) => [name, max, windowMs / 60_000, per]);
  expect(said).toEqual([
    ['signIn', 10, 15, 'account and address'],
    ['passwordReset', 3, 60, 'account'],
    ['confirmEmail', 5, 60, 'account'],
    ['submit', 30, 60, 'clipper'],
    ['verify', 5, 60, 'clipper'],
  ]);
});

it.each([
  [1, 'Too many submissions. Try again in a minute.'],
  [60_001, 'Too many submissions. Try again in 2 minutes.'],
])('%i ms before the next attempt is free, the refusal says when that is', (ms, message) => {
  expect(limitReached('submit', ms)).toMatchObject({ code: 'LIMIT_REACHED', message });
});

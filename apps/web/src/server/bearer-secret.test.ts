import { expect, test } from 'vitest';
import { carriesSecret } from '#src/server/bearer-secret.ts';

const SECRET = 'the secret of a test, long enough';

test('only the secret itself, as a bearer token, is right', () => {
  expect(carriesSecret(`Bearer ${SECRET}`, [SECRET])).toBe(true);
  expect(carriesSecret(`bearer ${SECRET}`, [SECRET])).toBe(true);
});

test.each([null, '', 'Bearer', 'Bearer ', SECRET, `Basic ${SECRET}`, `Bearer ${SECRET}x`, `Bearer ${SECRET.slice(1)}`])(
  '%j is wrong',
  (authorization) => {
    expect(carriesSecret(authorization, [SECRET])).toBe(false);
  },
);

test('without a secret nothing is right', () => {
  for (const authorization of [null, '', 'Bearer', 'Bearer ', 'Bearer undefined', `Bearer ${SECRET}`]) {
    expect(carriesSecret(authorization, [])).toBe(false);
    expect(carriesSecret(authorization, [''])).toBe(false);
  }
});

test('while it is changed, the old one and the new one are right', () => {
  const both = ['the old one, long enough', 'the new one, long enough'];
  for (const secret of both) expect(carriesSecret(`Bearer ${secret}`, both)).toBe(true);
  for (const wrong of [both.join(','), SECRET, '']) expect(carriesSecret(`Bearer ${wrong}`, both)).toBe(false);
});

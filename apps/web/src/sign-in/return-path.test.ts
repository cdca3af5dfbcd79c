import { expect, test } from 'vitest';
import { returnPath } from '#src/sign-in/return-path.ts';

test('a reader comes back to the page that sent them away', () => {
  expect(returnPath('/campaigns/1?range=day')).toBe('/campaigns/1?range=day');
});

test('a link cannot send a reader to another site', () => {
  for (const from of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:x',
    '',
  ]) {
    expect(returnPath(from)).toBe('/');
  }
  expect(returnPath(undefined)).toBe('/');
  expect(returnPath(['/a', '/b'])).toBe('/');
});

import { expect, test } from 'vitest';
import { returnPath, withReturn } from '#src/sign-in/return-path.ts';

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

test('the way from signing in to signing up keeps where the reader wanted to go', () => {
  expect(withReturn('/sign-up', '/campaigns/1?range=day')).toBe('/sign-up?from=%2Fcampaigns%2F1%3Frange%3Dday');
  expect(withReturn('/sign-in', returnPath(undefined))).toBe('/sign-in');
});

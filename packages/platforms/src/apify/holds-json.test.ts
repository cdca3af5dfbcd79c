import { expect, test } from 'vitest';
import { holdsJson } from '#src/apify/holds-json.ts';

const sent = { postURLs: ['a', 'b'], resultsPerPage: 1, startUrls: [{ url: 'x' }] };

test('an input is ours with its keys in any order and with what the platform added', () => {
  expect(holdsJson({ startUrls: [{ url: 'x' }], resultsPerPage: 1, postURLs: ['a', 'b'] }, sent)).toBe(true);
  expect(holdsJson({ ...sent, proxy: { useApifyProxy: true } }, sent)).toBe(true);
});

test.each([
  ['fewer addresses', { ...sent, postURLs: ['a'] }],
  ['more addresses', { ...sent, postURLs: ['a', 'b', 'c'] }],
  ['other addresses', { ...sent, postURLs: ['a', 'c'] }],
  ['another option', { ...sent, resultsPerPage: 2 }],
  ['a missing key', { postURLs: ['a', 'b'], startUrls: [{ url: 'x' }] }],
  ['no object', null],
  ['a list', ['a', 'b']],
  ['text', 'a'],
])('an input with %s is not ours', (_what, stored) => {
  expect(holdsJson(stored, sent)).toBe(false);
});

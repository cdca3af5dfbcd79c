import { expect, test } from 'vitest';
import { parseTrackingRound } from '#src/input/tracking-round.ts';

const parse = (query: string) => parseTrackingRound(new URLSearchParams(query));

test('a round is over what is due, unless it is asked for all of it or for some', () => {
  expect(parse('')).toEqual({ everyClip: false, clipsMax: null });
  expect(parse('all=1')).toEqual({ everyClip: true, clipsMax: null });
  expect(parse('all=0&limit=1')).toEqual({ everyClip: false, clipsMax: 1 });
  expect(parse('limit=1000000&all=1')).toEqual({ everyClip: true, clipsMax: 1_000_000 });
});

test.each([
  ['all=true', 'all must be 1, or be left out.'],
  ['all=', 'all must be 1, or be left out.'],
  ['all=1&all=0', 'Give all only once.'],
  ['limit=', 'limit must be a whole number from 1 to 1000000.'],
  ['limit=0', 'limit must be a whole number from 1 to 1000000.'],
  ['limit=-5', 'limit must be a whole number from 1 to 1000000.'],
  ['limit=1e3', 'limit must be a whole number from 1 to 1000000.'],
  ['limit=1000001', 'limit must be a whole number from 1 to 1000000.'],
  ['limit=5&limit=6', 'Give limit only once.'],
  ['al=1', 'Only all and limit may be given.'],
  ['__proto__=1', 'Only all and limit may be given.'],
])('%s is refused with one sentence', (query, sentence) => {
  expect(() => parse(query)).toThrow(sentence);
});

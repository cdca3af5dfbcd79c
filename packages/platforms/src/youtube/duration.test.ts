import { expect, test } from 'vitest';
import { readClockDuration, readIsoDuration } from '#src/youtube/duration.ts';

test.each([
  ['PT3M17S', 197_000],
  ['PT59S', 59_000],
  ['P1DT2H', 93_600_000],
  ['P0D', null],
  ['3:17', null],
  [null, null],
])('the Data API writes %s', (text, ms) => {
  expect(readIsoDuration(text)).toBe(ms);
});

test.each([
  ['00:03:17', 197_000],
  ['3:17', 197_000],
  ['00:00:00', null],
  ['LIVE', null],
  [null, null],
])('the actor writes %s', (text, ms) => {
  expect(readClockDuration(text)).toBe(ms);
});

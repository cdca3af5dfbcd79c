import { expect, test } from 'vitest';
import { oldestCursor } from '#src/live/oldest-cursor.ts';

test('a page follows from the oldest of its snapshots, by number and not by letter', () => {
  expect(oldestCursor(['1:100:7', '1:99:9', '1:100:3'])).toBe('1:99:9');
  expect(oldestCursor(['2:1:1', '1:500:500'])).toBe('1:500:500');
});

test('it waits until every query has answered', () => {
  expect(oldestCursor(['1:100:7', undefined])).toBeUndefined();
  expect(oldestCursor([])).toBeUndefined();
});

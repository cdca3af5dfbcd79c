import { expect, test } from 'vitest';
import { heldQueue, type QueueRow } from '#src/live/held-queue.ts';

const NONE: ReadonlySet<string> = new Set();
const shownAs = (words: string): QueueRow<string>[] => [...words].map((item) => ({ item, isGone: false }));
const look = (shown: string, fresh: string, held: boolean, done = NONE) => {
  const { rows, waiting } = heldQueue(shownAs(shown), [...fresh], (item) => item, { held, done });
  return { rows: rows.map(({ item, isGone }) => (isGone ? `(${item})` : item)).join(''), waiting };
};

test('a queue that nobody is at is what is true', () => {
  expect(look('abc', 'xab', false)).toEqual({ rows: 'xab', waiting: 0 });
});

test('while it is worked on, what left it keeps its place, and what came waits', () => {
  expect(look('abc', 'xyac', true)).toEqual({ rows: 'a(b)c', waiting: 2 });
});

test('what the reader decided goes at once', () => {
  expect(look('abc', 'abc', true, new Set(['b']))).toEqual({ rows: 'ac', waiting: 0 });
  expect(look('abc', 'abc', false, new Set(['b']))).toEqual({ rows: 'ac', waiting: 0 });
});

test('a further page is no news', () => {
  expect(look('ab', 'xabcd', true)).toEqual({ rows: 'abcd', waiting: 1 });
});

test('an empty queue shows what comes', () => {
  expect(look('', 'ab', true)).toEqual({ rows: 'ab', waiting: 0 });
});

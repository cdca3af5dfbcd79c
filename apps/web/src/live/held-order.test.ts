import { expect, test } from 'vitest';
import { heldOrder } from '#src/live/held-order.ts';

test('nothing jumps while the reader points at the list', () => {
  expect(heldOrder(['a', 'b', 'c'], ['c', 'a', 'b'], true)).toEqual({ order: ['a', 'b', 'c'], waiting: true });
});

test('a row that came waits at the end, one that left is gone', () => {
  expect(heldOrder(['a', 'b'], ['new', 'b'], true)).toEqual({ order: ['b', 'new'], waiting: true });
});

test('let go, the list takes the true order', () => {
  expect(heldOrder(['a', 'b'], ['b', 'a'], false)).toEqual({ order: ['b', 'a'], waiting: false });
  expect(heldOrder([], ['b', 'a'], true)).toEqual({ order: ['b', 'a'], waiting: false });
  expect(heldOrder(['a', 'b'], ['a', 'b'], true)).toEqual({ order: ['a', 'b'], waiting: false });
});

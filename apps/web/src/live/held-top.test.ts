import { expect, it } from 'vitest';
import { heldTop } from '#src/live/held-top.ts';

it('shows everything while nobody holds the list', () => {
  expect(heldTop(['c', 'b', 'a'], 'a', false)).toBe(0);
});

it('lets what is new wait while the list is held', () => {
  expect(heldTop(['c', 'b', 'a'], 'a', true)).toBe(2);
  expect(heldTop(['a'], 'a', true)).toBe(0);
});

it('hides nothing when what was first is gone or the list was empty', () => {
  expect(heldTop(['c', 'b'], 'a', true)).toBe(0);
  expect(heldTop(['c', 'b'], undefined, true)).toBe(0);
});

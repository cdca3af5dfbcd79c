import { describe, expect, test } from 'vitest';
import { keepChoice, moveRow, NO_CHOICE, toggleAllRows, toggleRow } from '#src/row-choice.ts';

const KEYS = ['a', 'b', 'c', 'd', 'e'];
const chosen = (choice: { selected: ReadonlySet<string> }) => [...choice.selected].sort().join('');

describe('choosing rows', () => {
  test('a second touch lets a row go', () => {
    const once = toggleRow(NO_CHOICE, KEYS, 'b');
    expect(chosen(once)).toBe('b');
    expect(chosen(toggleRow(once, KEYS, 'b'))).toBe('');
  });

  test('shift chooses all from the last one that was touched, in either direction', () => {
    const first = toggleRow(NO_CHOICE, KEYS, 'd');
    expect(chosen(toggleRow(first, KEYS, 'b', { shift: true }))).toBe('bcd');
    expect(chosen(toggleRow(first, KEYS, 'e', { shift: true }))).toBe('de');
  });

  test('shift without a beginning chooses the one', () => {
    expect(chosen(toggleRow(NO_CHOICE, KEYS, 'c', { shift: true }))).toBe('c');
  });

  test('all are chosen, and all let go once all are', () => {
    const all = toggleAllRows(toggleRow(NO_CHOICE, KEYS, 'a'), KEYS);
    expect(chosen(all)).toBe('abcde');
    expect(chosen(toggleAllRows(all, KEYS))).toBe('');
  });
});

describe('moving', () => {
  test('begins at the first row, or at the last, and stops at the ends', () => {
    const first = moveRow(NO_CHOICE, KEYS, 1);
    expect(first.current?.key).toBe('a');
    expect(moveRow(first, KEYS, -1).current?.key).toBe('a');
    expect(moveRow(NO_CHOICE, KEYS, -1).current?.key).toBe('e');
  });

  test('with shift chooses what it passes', () => {
    const start = moveRow(NO_CHOICE, KEYS, 1);
    const moved = moveRow(moveRow(start, KEYS, 1, { shift: true }), KEYS, 1, { shift: true });
    expect(chosen(moved)).toBe('abc');
  });

  test('goes nowhere in an empty table', () => {
    expect(moveRow(NO_CHOICE, [], 1)).toBe(NO_CHOICE);
  });
});

describe('rows that go', () => {
  test('leave the choice, and keys act on the row that took their place', () => {
    const choice = moveRow(toggleRow(toggleRow(NO_CHOICE, KEYS, 'b'), KEYS, 'c'), KEYS, 1);
    expect(choice.current?.key).toBe('d');
    const kept = keepChoice(toggleRow(choice, KEYS, 'd'), ['a', 'b', 'e']);
    expect(chosen(kept)).toBe('b');
    expect(kept.current).toEqual({ key: 'e', index: 2 });
  });

  test('change nothing where none of them was touched', () => {
    const choice = toggleRow(NO_CHOICE, KEYS, 'b');
    expect(keepChoice(choice, ['a', 'b', 'c'])).toBe(choice);
    expect(keepChoice(NO_CHOICE, [])).toBe(NO_CHOICE);
  });

  test('a row before the current one only moves its place', () => {
    const choice = toggleRow(NO_CHOICE, KEYS, 'c');
    expect(keepChoice(choice, ['b', 'c', 'd']).current).toEqual({ key: 'c', index: 1 });
  });

  test('the last one leaves no current row', () => {
    expect(keepChoice(toggleRow(NO_CHOICE, KEYS, 'a'), []).current).toBeNull();
  });
});

import { expect, test } from 'vitest';
import { budgetFigures, lastsText } from '#src/format/budget.ts';

test('the expected part never reaches beyond the end of the bar', () => {
  const figures = budgetFigures({ budget: '100.000000', spent: '97.500000', expected: '30.000000' });
  expect(figures).toEqual({ spentPercent: 97.5, expectedPercent: 2.5 });
});

test('a bar is full only when nothing is left', () => {
  expect(budgetFigures({ budget: '100.000000', spent: '99.999999', expected: '0.000000' }).spentPercent).toBe(99.99);
  expect(budgetFigures({ budget: '100.000000', spent: '100.000000', expected: '0.000000' }).spentPercent).toBe(100);
});

test.each([
  ['100', '50', '30', '2 to 3 days at this pace'],
  ['100', '50', '50', 'about 2 days at this pace'],
  ['100', '60', '20', '40 hours to 5 days at this pace'],
  ['100', '50', '0', 'at least 2 days at this pace'],
  ['10', '100', '60', '2 to 4 hours at this pace'],
  ['10', '480', '240', 'up to 1 hour at this pace'],
  ['1', '480', '240', 'less than an hour at this pace'],
  ['1', '480', '0', 'under an hour or more at this pace'],
])('%s left at %s or %s a day last %s', (left, fastPerDay, slowPerDay, text) => {
  expect(lastsText(left, { kind: 'moving', slowPerDay, fastPerDay })).toBe(text);
});

test('how long it lasts is not said when nothing moves, and too early to say under three reads', () => {
  expect(lastsText('10', null)).toBeUndefined();
  expect(lastsText('10', { kind: 'still' })).toBeUndefined();
  expect(lastsText('10', { kind: 'early' })).toBe('too early to say how long it lasts');
});

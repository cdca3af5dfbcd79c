import { expect, test } from 'vitest';
import { budgetFigures, paceText } from '#src/format/budget.ts';

test('the expected part never reaches beyond the end of the bar', () => {
  const figures = budgetFigures({ budget: '100.000000', spent: '97.500000', expected: '30.000000' });
  expect(figures).toEqual({ spentPercent: 97.5, expectedPercent: 2.5 });
});

test('a bar is full only when nothing is left', () => {
  expect(budgetFigures({ budget: '100.000000', spent: '99.999999', expected: '0.000000' }).spentPercent).toBe(99.99);
  expect(budgetFigures({ budget: '100.000000', spent: '100.000000', expected: '0.000000' }).spentPercent).toBe(100);
});

test('the pace is said in days', () => {
  expect(paceText(2)).toBe('about 2 days at this pace');
  expect(paceText(0)).toBe('less than a day at this pace');
  expect(paceText(null)).toBeUndefined();
});

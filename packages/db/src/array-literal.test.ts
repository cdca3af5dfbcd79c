import { expect, test } from 'vitest';
import { arrayLiteral } from '#src/array-literal.ts';

test('ids, numbers, decimals, booleans and times stand as they are, nothing as NULL', () => {
  expect(arrayLiteral(['0192d3a4-5b6c-7d8e-9f00-112233445566', 12n, 1.5, '-0.000001', true, null, 'infinity'])).toBe(
    '{0192d3a4-5b6c-7d8e-9f00-112233445566,12,1.5,-0.000001,true,NULL,infinity}',
  );
  expect(arrayLiteral([new Date('2026-11-23T01:02:03.004Z')])).toBe('{2026-11-23T01:02:03.004Z}');
  expect(arrayLiteral([])).toBe('{}');
});

test.each(['a b', '{', '}', '"', '\\', '\n'])('%j is refused', (text) => {
  expect(() => arrayLiteral([text])).toThrow();
});

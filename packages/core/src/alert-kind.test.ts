import { expect, it } from 'vitest';
import { ALERT_KINDS, alertWords } from '#src/alert-kind.ts';

it.each(ALERT_KINDS)('%s has a title in words and one sentence that says what to do', (kind) => {
  const { title, remedy } = alertWords(kind);
  expect(title).toMatch(/^[A-Z][^._]{5,40}$/);
  expect(remedy).toMatch(/^[A-Z][^.]{20,}\.$/);
});

it('no two alerts are told alike', () => {
  expect(new Set(ALERT_KINDS.map((kind) => alertWords(kind).title)).size).toBe(ALERT_KINDS.length);
});

it('a kind that is not known is told by its name', () => {
  expect(alertWords('from_the_future').title).toBe('from_the_future');
});

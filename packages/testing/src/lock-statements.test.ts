import { expect, test } from 'vitest';
import { LOCK_MUTATIONS, LOCKS_EXCEPTED } from '#src/lock-mutations.ts';
import { lockStatements, unmutated, unordered } from '#src/lock-statements.ts';

const statements = await lockStatements();

test('every lock of the product, and every order of locks, is taken away by a mutation or excepted with a reason', () => {
  expect(statements.length).toBeGreaterThan(15);
  const forgotten = statements.map((each) => ({ file: each.file, locks: unmutated(each) }));
  expect(forgotten.filter(({ locks }) => locks.length > 0)).toEqual([]);
});

test('every mutation and every exception means a statement that is there', () => {
  const stale = LOCK_MUTATIONS.filter(
    ({ statement, weaken }) => !statements.some(({ text }) => statement.test(text) && weaken(text) !== text),
  );
  expect(stale.map(({ name }) => name)).toEqual([]);
  const pieces = Object.keys(LOCKS_EXCEPTED);
  expect(pieces.filter((piece) => !statements.some(({ text }) => text.includes(piece)))).toEqual([]);
});

test('a lock that nobody thought of is told', () => {
  const text = 'SELECT FROM payouts WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE';
  expect(unmutated({ file: 'new.ts', text })).toEqual(['FOR NO KEY UPDATE', 'ORDER BY id']);
});

test('a lock of several rows is taken in an order, or waits for nobody', () => {
  expect(statements.flatMap(unordered)).toEqual([]);
  const text = 'SELECT FROM payouts WHERE id = ANY ($1) FOR NO KEY UPDATE';
  expect(unordered({ file: 'new.ts', text })).toEqual(['SELECT FROM payouts WHERE id = ANY ($1)']);
});

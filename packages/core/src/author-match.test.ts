import { expect, test } from 'vitest';
import { matchesAuthor } from '#src/author-match.ts';

const account = { externalId: '6812345678' };

test('a video is by its author', () => {
  expect(matchesAuthor(account, { authorId: '6812345678' })).toBe('matches');
  expect(matchesAuthor(account, { authorId: '6899999999' })).toBe('differs');
});

test('a collaboration is by its co-authors too, whoever of them is named as the owner', () => {
  expect(matchesAuthor(account, { authorId: '1', coauthorIds: ['2', '6812345678'] })).toBe('matches');
  expect(matchesAuthor(account, { authorId: '1', coauthorIds: ['2'] })).toBe('differs');
});

test('an author that was not said is unknown, unless a co-author settles it', () => {
  expect(matchesAuthor(account, { authorId: null })).toBe('unknown');
  expect(matchesAuthor(account, { authorId: null, coauthorIds: ['2'] })).toBe('unknown');
  expect(matchesAuthor(account, { authorId: null, coauthorIds: ['6812345678'] })).toBe('matches');
});

test('an account whose ownership was never proved says nothing about a video', () => {
  expect(matchesAuthor({ externalId: null }, { authorId: '1' })).toBe('unknown');
});

test('an author that an admin accepted matches too, and nobody else does', () => {
  const accepted = { ...account, acceptedAuthorId: '7' };
  expect(matchesAuthor(accepted, { authorId: '7' })).toBe('matches');
  expect(matchesAuthor(accepted, { authorId: '8' })).toBe('differs');
});

test('ids are compared as they are: those of YouTube differ in case alone', () => {
  expect(matchesAuthor({ externalId: 'UCabc' }, { authorId: 'UCABC' })).toBe('differs');
});

import { expect, it } from 'vitest';
import { COMMANDS, matching } from '#src/palette/command-list.ts';

const labels = (typed: string) => matching(COMMANDS, typed).map(({ label }) => label);

it('finds what can be done by the beginnings of its words, in any order', () => {
  expect(labels('camp new')).toEqual(['Create a campaign']);
  expect(labels('E-MAIL')).toEqual(['Your account']);
  expect(labels('go rev')).toEqual(['Go to Review']);
});

it('offers everything before anything is typed, and nothing for what it does not know', () => {
  expect(labels(' ')).toHaveLength(COMMANDS.length);
  expect(labels('zebra')).toEqual([]);
});

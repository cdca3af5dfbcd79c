import { createLoader, type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const PEOPLE_SHOWN = ['all', 'clippers', 'admins', 'suspended'] as const;
export type PeopleShown = (typeof PEOPLE_SHOWN)[number];

/** Which people are listed; all of it lives in the URL. */
export const peopleFilterParsers = {
  q: parseAsString.withDefault(''),
  show: parseAsStringLiteral(PEOPLE_SHOWN).withDefault('all'),
};
export type PeopleFilter = inferParserType<typeof peopleFilterParsers>;

export const loadPeopleFilter = createLoader(peopleFilterParsers);

const PAGE_SIZE = 50;

/** What the list asks for: the same on the server and in the browser, or the page would be fetched twice. */
export function peopleListInput({ q, show }: PeopleFilter) {
  return { show, search: q.trim().slice(0, 100), limit: PAGE_SIZE };
}

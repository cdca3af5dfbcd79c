import { DomainError } from '@clipmeter/core/domain-error';
import { readSessions } from '@clipmeter/db/read-account';
import { readPeople, readPerson } from '@clipmeter/db/read-person-list';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';
import type { PersonListInput } from '#src/input/person.ts';
import { pageOf, parsePlace } from '#src/page-cursor.ts';

/** People, the newest first. */
export function personList({ pool }: SignedInContext, input: PersonListInput) {
  const { show, search, limit } = input;
  const after = parsePlace(input.cursor);
  return readSnapshot(pool, async (tx) => ({
    currency: 'USD' as const,
    ...pageOf(await readPeople(tx, { show, search, after, limit: limit + 1 }), limit, (row) => row),
  }));
}

/**
 * One of them.
 *
 * @throws DomainError NOT_FOUND
 */
export function personPage({ pool, now }: SignedInContext, { id }: { id: string }) {
  return readSnapshot(pool, async (tx) => {
    const person = await readPerson(tx, id);
    if (person === null) throw new DomainError('NOT_FOUND', 'There is no such person.');
    return { ...person, currency: 'USD' as const, signIns: (await readSessions(tx, id, now())).length };
  });
}

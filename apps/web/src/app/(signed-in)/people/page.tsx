import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { loadPeopleFilter, peopleListInput } from '#src/people/people-filter.ts';
import { PeopleScreen } from '#src/people/people-screen.tsx';
import { requireAdmin } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Clippers and admins' };

export default async function PeoplePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireAdmin();
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.people.list.prefetchInfinite(peopleListInput(await loadPeopleFilter(searchParams)));
  return (
    <HydrateClient>
      <PeopleScreen />
    </HydrateClient>
  );
}

'use client';

import { Button } from '@clipmeter/ui/button';
import { Card } from '@clipmeter/ui/card';
import { DataTable } from '@clipmeter/ui/data-table';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { FilterSelect } from '@clipmeter/ui/filter-select';
import { MoreRows } from '@clipmeter/ui/more-rows';
import { SearchField } from '@clipmeter/ui/search-field';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { useQueryStates } from 'nuqs';
import { PageHeader } from '#src/frame/page-header.tsx';
import { PEOPLE_COLUMNS } from '#src/people/people-columns.tsx';
import { type PeopleShown, peopleFilterParsers } from '#src/people/people-filter.ts';
import { useLivePeople } from '#src/people/use-live-people.ts';

const SHOWN: { value: PeopleShown; label: string }[] = [
  { value: 'all', label: 'Everybody' },
  { value: 'clippers', label: 'Clippers' },
  { value: 'admins', label: 'Admins' },
  { value: 'suspended', label: 'Suspended' },
];

/** Everybody who has an account, the newest first. The filter lives in the URL. */
export function PeopleScreen() {
  const [filter, setFilter] = useQueryStates(peopleFilterParsers);
  const query = useLivePeople(filter);
  const people = query.data?.pages.flatMap((page) => page.items);
  const showAll = () => void setFilter({ q: '', show: 'all' });

  return (
    <>
      <PageHeader title="Clippers and admins" />
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <SearchField
          label="Search people"
          placeholder="Name or email"
          value={filter.q}
          onChange={(q) => void setFilter({ q })}
          className="max-sm:w-full sm:w-72"
        />
        <FilterSelect label="Who" value={filter.show} options={SHOWN} onChange={(show) => void setFilter({ show })} />
      </div>
      {people === undefined ? (
        <Unloaded query={query} />
      ) : (
        <Card flush>
          {people.length === 0 ? (
            <EmptyState action={<Button onClick={showAll}>Show everybody</Button>}>Nobody is like that.</EmptyState>
          ) : (
            <DataTable
              label="People"
              columns={PEOPLE_COLUMNS}
              rows={people}
              rowKey={({ id }) => id}
              rowVersion={({ role, suspendedAt, name, email }) => [role, suspendedAt, name, email].join(' ')}
            />
          )}
        </Card>
      )}
      <MoreRows label="Show more" query={query} />
    </>
  );
}

function Unloaded({ query }: { query: ReturnType<typeof useLivePeople> }) {
  if (!query.isError) return <SkeletonRows rows={12} className="rounded-lg border" />;
  return (
    <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
      The list of people could not be loaded. {query.error.message}
    </ErrorState>
  );
}

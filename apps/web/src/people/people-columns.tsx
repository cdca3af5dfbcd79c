import { Age } from '@clipmeter/ui/age';
import type { Column } from '@clipmeter/ui/data-table';
import { numberText } from '@clipmeter/ui/number-text';
import Link from 'next/link';
import type { Person } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';
import { PersonStanding } from '#src/people/person-standing.tsx';

export const PEOPLE_COLUMNS: Column<Person>[] = [
  {
    id: 'name',
    header: 'Name',
    phone: 'lead',
    className: 'sm:max-w-64',
    cell: ({ id, name }) => (
      <Link href={`/people/${id}`} className="block truncate font-medium hover:underline pointer-coarse:py-2">
        {name}
      </Link>
    ),
  },
  {
    id: 'email',
    header: 'Email',
    phone: 'detail',
    className: 'sm:max-w-72',
    cell: ({ email, emailVerified }) => (
      <span className="block truncate text-muted max-sm:text-[0.8125rem]" title={email}>
        {email}
        {emailVerified ? null : <span className="text-faint"> · not confirmed</span>}
      </span>
    ),
  },
  {
    id: 'standing',
    header: 'Is',
    phone: 'detail-end',
    cell: (person) => <PersonStanding person={person} />,
  },
  {
    id: 'submissions',
    header: 'Clips submitted',
    align: 'right',
    className: 'max-lg:hidden',
    cell: ({ submissions }) => numberText(submissions, 'count'),
  },
  {
    id: 'earned',
    header: 'Earned',
    align: 'right',
    phone: 'lead-end',
    cell: ({ earned }) => numberText(decimal(earned), 'usd'),
  },
  {
    id: 'joined',
    header: 'Joined',
    align: 'right',
    className: 'max-md:hidden whitespace-nowrap text-faint text-[0.8125rem]',
    cell: ({ createdAt }) => <Age date={new Date(createdAt)} />,
  },
];

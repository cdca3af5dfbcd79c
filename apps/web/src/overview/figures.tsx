import { numberText } from '@clipmeter/ui/number-text';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton } from '@clipmeter/ui/skeleton';
import type { ReactNode } from 'react';
import type { Overview } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';

/** What the spend bought. */
export function Figures({ overview }: { overview: Overview | undefined }) {
  const of = (show: (data: Overview) => ReactNode) =>
    overview === undefined ? <Skeleton className="h-6 w-24" /> : show(overview);
  const figures = [
    {
      name: 'Views',
      means: overview === undefined ? 'of approved clips' : `of ${numberText(overview.clips, 'count')} approved clips`,
      value: of(({ views }) => <RollingNumber value={views} kind="count" />),
    },
    {
      name: 'Growth',
      means: 'views that counted, since each approval',
      value: of(({ growth }) => <RollingNumber value={growth} kind="count" />),
    },
    {
      name: 'Cost per 1,000',
      means: 'spent for 1,000 views of growth',
      value: of(({ costPer1000 }) =>
        costPer1000 === null ? 'no views yet' : <RollingNumber value={decimal(costPer1000)} kind="usd" />,
      ),
    },
    {
      name: 'Clippers',
      means:
        overview === undefined
          ? 'with an approved clip'
          : `have an approved clip, of ${numberText(overview.clippers.all, 'count')}`,
      value: of(({ clippers }) => <RollingNumber value={clippers.earning} kind="count" />),
    },
  ];
  return (
    <dl className="grid grid-cols-1 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-2 lg:grid-cols-4">
      {figures.map(({ name, means, value }) => (
        <div
          key={name}
          className="flex items-baseline justify-between gap-4 bg-surface px-4 py-3.5 sm:block sm:px-5 sm:py-4"
        >
          <dt className="text-[0.8125rem] text-muted">
            {name} <span className="block text-faint">{means}</span>
          </dt>
          <dd className="font-semibold text-lg tracking-tight sm:mt-1.5 sm:text-xl">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

import { platformName } from '@clipmeter/core/platform';
import { Age } from '@clipmeter/ui/age';
import type { Column } from '@clipmeter/ui/data-table';
import { numberText } from '@clipmeter/ui/number-text';
import { StatusWord } from '@clipmeter/ui/status-word';
import { machineTimeText } from '@clipmeter/ui/time-text';
import { CircleCheck, CircleX, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { TrackerOverview } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';

type Run = TrackerOverview['runs'][number];

const countOrNothing = (value: number | null) => (value === null ? '' : numberText(value, 'count'));

export const RUN_COLUMNS: Column<Run>[] = [
  {
    id: 'platform',
    header: 'Platform',
    phone: 'lead',
    cell: (run) => <span title={run.source}>{platformName(run.platform)}</span>,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    phone: 'detail',
    className: 'sm:max-w-72',
    cell: (run) => <RunOutcome run={run} />,
  },
  {
    id: 'claimed',
    header: 'Claimed',
    align: 'right',
    className: 'max-md:hidden',
    cell: (run) => countOrNothing(run.claimed),
  },
  { id: 'read', header: 'Read', align: 'right', cell: (run) => countOrNothing(run.read) },
  {
    id: 'unknown',
    header: 'Unknown',
    align: 'right',
    className: 'max-md:hidden',
    cell: (run) => countOrNothing(run.unknown),
  },
  {
    id: 'unavailable',
    header: 'Gone or private',
    align: 'right',
    className: 'max-xl:hidden',
    cell: (run) => countOrNothing(run.unavailable),
  },
  {
    id: 'credited',
    header: 'Credited',
    align: 'right',
    phone: 'lead-end',
    cell: (run) => (run.credited === null ? '' : numberText(decimal(run.credited), 'usd')),
  },
  {
    id: 'cost',
    header: 'Cost',
    align: 'right',
    className: 'max-lg:hidden',
    cell: (run) =>
      run.cost === null ? (
        ''
      ) : (
        <span title={run.costIsFinal ? undefined : 'The platform may still correct it'}>
          {numberText(decimal(run.cost), 'usd-fine')}
        </span>
      ),
  },
  {
    id: 'duration',
    header: 'Took',
    align: 'right',
    className: 'max-lg:hidden',
    cell: (run) => (run.durationMs === null ? '' : machineTimeText(run.durationMs)),
  },
  {
    id: 'when',
    header: 'Started',
    align: 'right',
    phone: 'detail-end',
    className: 'whitespace-nowrap text-faint text-[0.8125rem]',
    cell: (run) => <Age date={new Date(run.createdAt)} />,
  },
];

function RunOutcome({ run }: { run: Run }) {
  if (run.status === 'FAILED') {
    return (
      <StatusWord icon={CircleX} tone="bad" title={run.error ?? undefined} className="min-w-0 max-w-full">
        <span className="truncate">{run.error ?? 'Failed'}</span>
      </StatusWord>
    );
  }
  if (run.status === 'SETTLED' && run.error !== null) {
    return (
      <StatusWord icon={TriangleAlert} tone="warn" title={run.error} className="min-w-0 max-w-full">
        <span className="truncate">In part: {run.error}</span>
      </StatusWord>
    );
  }
  if (run.status === 'SETTLED') {
    return (
      <StatusWord icon={CircleCheck} tone="good">
        Settled
      </StatusWord>
    );
  }
  return <StatusWord icon={LoaderCircle}>{run.status === 'STARTED' ? 'Running' : 'Starting'}</StatusWord>;
}

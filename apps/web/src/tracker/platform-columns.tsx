import { platformName } from '@clipmeter/core/platform';
import { Age } from '@clipmeter/ui/age';
import type { Column } from '@clipmeter/ui/data-table';
import { numberText } from '@clipmeter/ui/number-text';
import { StatusWord } from '@clipmeter/ui/status-word';
import { durationText } from '@clipmeter/ui/time-text';
import { CircleCheck, CircleStop, Clock, Minus } from 'lucide-react';
import type { TrackerOverview } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';

type Platform = TrackerOverview['platforms'][number];

const count = (value: number) => numberText(value, 'count');

export const PLATFORM_COLUMNS: Column<Platform>[] = [
  {
    id: 'platform',
    header: 'Platform',
    phone: 'lead',
    className: 'font-medium',
    cell: (row) => platformName(row.platform),
  },
  { id: 'status', header: 'Status', phone: 'detail', cell: (row) => <PlatformState platform={row} /> },
  {
    id: 'due',
    header: 'Due',
    align: 'right',
    phone: 'lead-end',
    cell: (row) => (
      <>
        {count(row.due)} <span className="text-faint">of {count(row.scheduled)}</span>
      </>
    ),
  },
  { id: 'leased', header: 'Being read', align: 'right', cell: (row) => count(row.leased) },
  { id: 'lag', header: 'Lag', align: 'right', cell: (row) => (row.due === 0 ? 'none' : durationText(row.lagMs)) },
  {
    id: 'read',
    header: 'Read today',
    align: 'right',
    className: 'max-lg:hidden',
    cell: (row) => count(row.today.read),
  },
  {
    id: 'unknown',
    header: 'Unknown',
    align: 'right',
    className: 'max-lg:hidden',
    cell: (row) => count(row.today.unknown),
  },
  {
    id: 'unavailable',
    header: 'Gone or private',
    align: 'right',
    className: 'max-xl:hidden',
    cell: (row) => count(row.today.unavailable),
  },
  {
    id: 'credited',
    header: 'Credited',
    align: 'right',
    className: 'max-xl:hidden',
    cell: (row) => numberText(decimal(row.today.credited), 'usd'),
  },
  {
    id: 'cost',
    header: 'Cost today',
    align: 'right',
    phone: 'detail-end',
    cell: (row) => numberText(decimal(row.today.cost), 'usd'),
  },
];

function PlatformState({ platform }: { platform: Platform }) {
  if (platform.status === 'STOPPED') {
    return (
      <StatusWord icon={CircleStop} tone="bad" title={platform.reason ?? undefined}>
        Stopped
      </StatusWord>
    );
  }
  if (platform.status === 'DELAYED') {
    return (
      <StatusWord icon={Clock} tone="warn" title={platform.reason ?? undefined}>
        Delayed
      </StatusWord>
    );
  }
  if (platform.lastSuccessAt === null) return <StatusWord icon={Minus}>Not read yet</StatusWord>;
  return (
    <StatusWord icon={CircleCheck} tone="good">
      <Age date={new Date(platform.lastSuccessAt)} prefix="read " />
    </StatusWord>
  );
}

import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton } from '@clipmeter/ui/skeleton';
import type { Summary } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';

/** The other balances, each with what it means. */
export function Balances({ summary }: { summary: Summary | undefined }) {
  const balances = [
    { name: 'Pending', means: 'earned in campaigns that still run', value: summary?.pending },
    { name: 'In payout', means: 'requested, on its way to you', value: summary?.reserved },
    { name: 'Paid', means: 'sent to you so far', value: summary?.paid },
    { name: 'Lifetime', means: 'everything you earned', value: summary?.lifetime },
  ];
  return (
    <dl className="grid grid-cols-1 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-2 lg:grid-cols-4">
      {balances.map(({ name, means, value }) => (
        <div
          key={name}
          className="flex items-baseline justify-between gap-4 bg-surface px-4 py-3.5 sm:block sm:px-5 sm:py-4"
        >
          <dt className="text-[0.8125rem] text-muted">
            {name} <span className="block text-faint">{means}</span>
          </dt>
          <dd className="font-semibold text-lg tracking-tight sm:mt-1.5 sm:text-xl">
            {value === undefined ? (
              <Skeleton className="h-6 w-24" />
            ) : (
              <RollingNumber value={decimal(value)} kind="usd" />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

'use client';

import { classNames } from '@clipmeter/ui/class-names';
import { parseAsStringLiteral, useQueryState } from 'nuqs';

const RANGES = ['day', 'week', 'month', 'all'] as const;
export type ChartRange = (typeof RANGES)[number];

const RANGE_WORDS: Record<ChartRange, string> = { day: '24 h', week: '7 days', month: '30 days', all: 'All' };

/** The time a chart shows, kept in the URL. */
export function useChartRange(): [ChartRange, (range: ChartRange) => void] {
  const [range, setRange] = useQueryState('range', parseAsStringLiteral(RANGES).withDefault('all'));
  return [range, (next) => void setRange(next)];
}

export function RangeChoice({ value, onChange }: { value: ChartRange; onChange: (range: ChartRange) => void }) {
  return (
    <fieldset className="flex">
      <legend className="sr-only">Time shown</legend>
      {RANGES.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === value}
          onClick={() => onChange(each)}
          className={classNames(
            'h-8 rounded-md px-2.5 text-[0.8125rem] pointer-coarse:h-11',
            each === value ? 'bg-sunken font-medium text-ink' : 'text-muted hover:text-ink',
          )}
        >
          {RANGE_WORDS[each]}
        </button>
      ))}
    </fieldset>
  );
}

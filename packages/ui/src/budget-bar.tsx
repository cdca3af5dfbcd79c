import type { ReactNode } from 'react';
import { classNames } from '#src/class-names.ts';
import { type NumberValue, numberText } from '#src/number-text.ts';
import { RollingNumber } from '#src/rolling-number.tsx';

interface BudgetBarProps {
  /** Whose budget: what a screen reader says first. */
  label: string;
  spent: NumberValue;
  budget: NumberValue;
  left: NumberValue;
  /** 0 to 100. */
  spentPercent: number;
  /** 0 to 100 − spentPercent: what is expected until the next reads. In no sum. */
  expectedPercent: number;
  /** Labels the hatched part, when there is one. */
  expected?: NumberValue | undefined;
  /** "about 2 days at this pace". */
  pace?: string | undefined;
  /** Replaces the line below the bar once the campaign is over: "Budget reached, 22 Nov, 14:03". */
  outcome?: ReactNode;
  size?: 'card' | 'page';
}

const TICKS_PERCENT = [90, 95];

/** Spent (solid), expected until the next reads (hatched), left (track). The same everywhere. */
export function BudgetBar(props: BudgetBarProps) {
  const { label, spent, budget, left, spentPercent, expectedPercent, expected, pace, outcome, size = 'card' } = props;
  const isOver = outcome !== undefined;
  const valueText = [
    `${numberText(spent, 'usd')} of ${numberText(budget, 'usd-whole')} spent`,
    isOver ? undefined : `${numberText(left, 'usd')} left`,
    isOver ? undefined : pace,
  ]
    .filter((part) => part !== undefined)
    .join(', ');

  return (
    <div className="min-w-0">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(spentPercent)}
        aria-valuetext={valueText}
        className="relative"
      >
        <div
          className={classNames(
            'relative overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset',
            size === 'page' ? 'h-3.5' : 'h-2.5',
          )}
        >
          <div
            className="hatched absolute inset-y-0 left-0 transition-[width] duration-700 ease-out"
            style={{ width: `${spentPercent + expectedPercent}%` }}
          />
          <div
            className={classNames(
              'absolute inset-y-0 left-0 transition-[width] duration-700 ease-out',
              isOver ? 'bg-faint' : 'bg-accent',
            )}
            style={{ width: `${spentPercent}%` }}
          />
        </div>
        {TICKS_PERCENT.map((percent) => (
          <span
            key={percent}
            aria-hidden
            className={classNames('absolute -bottom-1 w-px bg-line-strong', size === 'page' ? 'h-2' : 'h-1.5')}
            style={{ left: `${percent}%` }}
          />
        ))}
      </div>

      <div
        aria-hidden
        className={classNames('mt-2.5 overflow-x-clip text-muted', size === 'page' ? 'text-sm' : 'text-[0.8125rem]')}
      >
        {/* Each part brings the dot before it; at the start of a line the dot falls outside and is not seen. */}
        <div className="-ml-3.5 flex flex-wrap items-baseline">
          <Part>
            <RollingNumber value={spent} kind="usd" className="font-medium text-ink" /> of{' '}
            {numberText(budget, 'usd-whole')}
          </Part>
          {isOver ? null : (
            <Part>
              <RollingNumber value={left} kind="usd" /> left
            </Part>
          )}
          {isOver || pace === undefined ? null : <Part>{pace}</Part>}
          {isOver || expected === undefined ? null : <ExpectedAmount amount={expected} className="ml-auto pl-3.5" />}
        </div>
      </div>
      {isOver ? <div className="mt-1 text-[0.8125rem] text-muted">{outcome}</div> : null}
    </div>
  );
}

/** The key to the hatched part. A card shows it below, where there is room. */
export function ExpectedAmount({ amount, className }: { amount: NumberValue; className?: string }) {
  return (
    <span className={classNames('inline-flex items-baseline gap-1.5 text-faint', className)}>
      <span aria-hidden className="hatched h-2 w-3.5 self-center rounded-sm ring-1 ring-line ring-inset" />
      {numberText(amount, 'usd')} expected
    </span>
  );
}

function Part({ children }: { children: ReactNode }) {
  return (
    <span className="relative pl-3.5 before:absolute before:left-1 before:text-line-strong before:content-['·']">
      {children}
    </span>
  );
}

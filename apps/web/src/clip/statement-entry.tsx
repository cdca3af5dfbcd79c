'use client';

import { formatUsd, formatUsdExact, parseMicros } from '@clipmeter/core/money';
import { Moment } from '@clipmeter/ui/age';
import { numberText } from '@clipmeter/ui/number-text';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StatementLine } from '#src/client/outputs.ts';

const views = (count: number) => numberText(count, 'count');
const exact = (amount: string) => formatUsdExact(parseMicros(amount));

/** One credit: the two snapshots and the amount; opened, the terms, the arithmetic, the settlement and the ledger entry. */
export function StatementEntry({ line }: { line: StatementLine }) {
  return (
    <li className="border-b last:border-b-0">
      <details className="group">
        <summary className="grid min-h-14 cursor-pointer list-none grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2 text-sm hover:bg-sunken/50 sm:min-h-10 sm:grid-cols-[auto_9rem_minmax(0,1fr)_auto] sm:px-5 [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 text-faint transition-transform group-open:rotate-90" />
          <Moment date={new Date(line.at)} className="text-muted" />
          <span className="text-muted max-sm:col-start-2 max-sm:row-start-2 max-sm:text-[0.8125rem]">
            {views(line.from.views)} <span aria-hidden>→</span>
            <span className="sr-only">to</span> {views(line.to.views)} views
            {line.beyond === null ? null : (
              <span className="text-warn"> · {views(line.beyond.views)} beyond the budget</span>
            )}
          </span>
          <span className="text-right font-medium">{formatUsd(parseMicros(line.amount))}</span>
        </summary>
        <Explanation line={line} />
      </details>
    </li>
  );
}

function Explanation({ line }: { line: StatementLine }) {
  const { terms, settlement } = line;
  return (
    <dl className="grid gap-x-6 gap-y-3 bg-sunken/40 px-4 pt-3 pb-4 text-[0.8125rem] sm:grid-cols-[8rem_minmax(0,1fr)] sm:px-5 sm:pl-12">
      <Part name="From">
        {views(line.from.views)} {terms.metric}, {line.fromIsBaseline ? 'its baseline, ' : 'read '}
        <Moment date={new Date(line.from.at)} />
      </Part>
      <Part name="To">
        {views(line.to.views)} {terms.metric}, read <Moment date={new Date(line.to.at)} />
      </Part>
      <Part name="Terms">
        {exact(terms.ratePer1000)} per 1,000 {terms.metric} from {views(terms.initialViews)} on
        {terms.minViews === 0 ? '' : `, once ${views(terms.minViews)} are reached`}
        {terms.cap === null ? ', no cap' : `, at most ${exact(terms.cap)}`}
        {isZero(terms.carried) ? '' : `, besides ${exact(terms.carried)} earned under earlier terms`}
      </Part>
      <Part name="Arithmetic">
        <Arithmetic line={line} />
      </Part>
      {line.beyond === null ? null : (
        <Part name="Beyond the budget">
          {views(line.beyond.views)} {terms.metric}, which would have earned {exact(line.beyond.amount)}: the campaign
          had {exact(settlement.leftBefore)} left for the {exact(settlement.owedInAll)} that its clips were owed, and
          shared it in proportion.
        </Part>
      )}
      <Part name="Settlement">
        No. {views(settlement.number)} of the campaign{settlement.closing ? ', its closing round' : ''};{' '}
        {exact(settlement.leftBefore)} were left before it
      </Part>
      <Part name="Ledger entry">
        No. {line.entryId}: {exact(line.amount)} from the campaign’s budget to the clipper’s pending
      </Part>
    </dl>
  );
}

function Arithmetic({ line }: { line: StatementLine }) {
  const { terms } = line;
  const isCapped = terms.cap !== null && line.earned === terms.cap;
  return (
    <span className="grid w-fit grid-cols-[auto_auto] gap-x-3 font-mono text-xs leading-5">
      <Sum amount={line.earned}>
        {isZero(terms.carried) ? '' : `${exact(terms.carried)} + `}({views(line.to.views)} − {views(terms.initialViews)}
        ) × {exact(terms.ratePer1000)} ÷ 1,000{isCapped ? ', at most the cap' : ''}
      </Sum>
      <Sum amount={line.creditedBefore} sign="−">
        credited before
      </Sum>
      <Sum amount={line.owed} sign="=">
        owed
      </Sum>
      {line.beyond === null ? null : (
        <Sum amount={line.beyond.amount} sign="−">
          beyond the budget
        </Sum>
      )}
      <Sum amount={line.amount} sign="=">
        credited; {exact(line.creditedAfter)} in all
      </Sum>
    </span>
  );
}

function Sum({ amount, sign = '', children }: { amount: string; sign?: string; children: ReactNode }) {
  return (
    <>
      <span className="text-right">
        {sign} {exact(amount)}
      </span>
      <span className="text-muted">{children}</span>
    </>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-faint max-sm:-mb-2">{name}</dt>
      <dd className="min-w-0 overflow-x-auto text-muted">{children}</dd>
    </div>
  );
}

const isZero = (amount: string) => parseMicros(amount) === 0n;

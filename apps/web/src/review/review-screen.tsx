'use client';

import { PLATFORMS, platformName } from '@clipmeter/core/platform';
import { Button } from '@clipmeter/ui/button';
import { classNames } from '@clipmeter/ui/class-names';
import { FilterSelect } from '@clipmeter/ui/filter-select';
import { numberText } from '@clipmeter/ui/number-text';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton } from '@clipmeter/ui/skeleton';
import { useQueryStates } from 'nuqs';
import { trpc } from '#src/client/trpc.ts';
import { PageHeader } from '#src/frame/page-header.tsx';
import { DecisionList } from '#src/review/decision-list.tsx';
import {
  decisionsInput,
  queueInput,
  REVIEW_ORDERS,
  REVIEW_TABS,
  type ReviewFilter,
  reviewFilterParsers,
  TAB_WORDS,
} from '#src/review/review-filter.ts';
import { ReviewQueue } from '#src/review/review-queue.tsx';

const PLATFORM_OPTIONS = [
  { value: '', label: 'Any platform' },
  ...PLATFORMS.map((platform) => ({ value: platform, label: platformName(platform) })),
];
const ORDER_OPTIONS = REVIEW_ORDERS.map((order) => ({
  value: order,
  label: order === 'newest' ? 'Newest first' : 'Oldest first',
}));

/** What clippers submitted, and what an admin says to it. Filters and the open clip live in the URL. */
export function ReviewScreen({ viewerId }: { viewerId: string }) {
  const [filter, setFilter] = useQueryStates(reviewFilterParsers);
  const counts = trpc.review.counts.useQuery().data;
  const input = queueInput(filter);
  const isNarrowed = filter.platform !== null || filter.campaign !== null;
  const open = (id: string | null) => void setFilter({ open: id });

  return (
    <>
      <PageHeader
        title="Review"
        figure={
          counts === undefined ? (
            <Skeleton className="h-10 w-16" />
          ) : (
            <RollingNumber value={counts.waiting} kind="count" />
          )
        }
        figureLabel="waiting for a decision"
      />
      <ReviewTabs filter={filter} counts={counts} onChange={(show) => void setFilter({ show, open: null })} />
      <div className="mb-4 flex flex-wrap gap-2">
        <FilterSelect
          label="Platform"
          value={filter.platform ?? ''}
          options={PLATFORM_OPTIONS}
          onChange={(value) => void setFilter({ platform: PLATFORMS.find((platform) => platform === value) ?? null })}
        />
        {filter.show === 'decided' ? null : (
          <FilterSelect
            label="Order"
            value={filter.sort}
            options={ORDER_OPTIONS}
            onChange={(sort) => void setFilter({ sort })}
          />
        )}
        {filter.campaign === null ? null : (
          <Button onClick={() => void setFilter({ campaign: null })}>One campaign only · show all</Button>
        )}
      </div>
      {input === null || filter.show === 'decided' ? (
        <DecisionList input={decisionsInput(filter)} isNarrowed={isNarrowed} open={filter.open} onOpen={open} />
      ) : (
        <ReviewQueue
          key={JSON.stringify(input)}
          tab={filter.show}
          input={input}
          isNarrowed={isNarrowed}
          viewerId={viewerId}
          open={filter.open}
          onOpen={open}
        />
      )}
      <p className="mt-4 text-faint text-sm max-lg:hidden">
        Press <kbd className="rounded border bg-sunken px-1.5 py-0.5 font-mono text-xs">?</kbd> for the keys of this
        page.
      </p>
    </>
  );
}

interface ReviewTabsProps {
  filter: ReviewFilter;
  counts: { waiting: number; asked: number; held: number } | undefined;
  onChange: (show: ReviewFilter['show']) => void;
}

function ReviewTabs({ filter, counts, onChange }: ReviewTabsProps) {
  return (
    <fieldset className="mb-4 flex min-w-0 gap-1 overflow-x-auto border-b">
      <legend className="sr-only">Show</legend>
      {REVIEW_TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          aria-pressed={tab === filter.show}
          onClick={() => onChange(tab)}
          className={classNames(
            '-mb-px h-11 shrink-0 whitespace-nowrap border-b-2 px-3 text-sm sm:h-10 pointer-coarse:h-11',
            tab === filter.show ? 'border-accent font-medium text-ink' : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {TAB_WORDS[tab]}
          {tab === 'decided' || counts === undefined ? null : (
            <span className="ml-1.5 text-faint tabular-nums">{numberText(counts[tab], 'count')}</span>
          )}
        </button>
      ))}
    </fieldset>
  );
}

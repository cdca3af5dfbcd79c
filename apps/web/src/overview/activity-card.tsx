'use client';

import { Card } from '@clipmeter/ui/card';
import { classNames } from '@clipmeter/ui/class-names';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { MoreRows } from '@clipmeter/ui/more-rows';
import { NewRows } from '@clipmeter/ui/new-rows';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { useRef } from 'react';
import type { Activity } from '#src/client/outputs.ts';
import { useHeldTop } from '#src/client/use-held-top.ts';
import { ACTIVITY_FILTERS, ACTIVITY_WORDS, type ActivityFilter } from '#src/overview/activity-filter.ts';
import { ActivityItem } from '#src/overview/activity-item.tsx';
import type { useLiveOverview } from '#src/overview/use-live-overview.ts';

interface ActivityCardProps {
  query: ReturnType<typeof useLiveOverview>['activity'];
  show: ActivityFilter;
  onShow: (show: ActivityFilter) => void;
}

/** What happens, as it happens: each line leads to what it is about. */
export function ActivityCard({ query, show, onShow }: ActivityCardProps) {
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <Card
      flush
      title="Activity"
      aside={
        <fieldset className="flex">
          <legend className="sr-only">Activity shown</legend>
          {ACTIVITY_FILTERS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === show}
              onClick={() => onShow(each)}
              className={classNames(
                'h-8 rounded-md px-2.5 text-[0.8125rem] pointer-coarse:h-11',
                each === show ? 'bg-sunken font-medium text-ink' : 'text-muted hover:text-ink',
              )}
            >
              {ACTIVITY_WORDS[each]}
            </button>
          ))}
        </fieldset>
      }
    >
      {items === undefined ? (
        query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
            The activity could not be loaded. {query.error.message}
          </ErrorState>
        ) : (
          <SkeletonRows rows={12} />
        )
      ) : items.length === 0 ? (
        <EmptyState>Nothing happened yet. What people do and what is credited shows here at once.</EmptyState>
      ) : (
        <Feed items={items} />
      )}
      <MoreRows label="Show earlier" query={query} inCard />
    </Card>
  );
}

function Feed({ items }: { items: Activity[] }) {
  const list = useRef<HTMLDivElement>(null);
  const { shown, waiting, release } = useHeldTop(items, list);
  return (
    <div ref={list} className="relative">
      <NewRows count={waiting} onShow={release} />
      <ul aria-label="Activity">
        {shown.map((item) => (
          <ActivityItem key={item.id} item={item} />
        ))}
      </ul>
    </div>
  );
}

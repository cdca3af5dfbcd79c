'use client';

import { skipToken } from '@tanstack/react-query';
import { useEffectEvent, useState } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import type { Activity } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { usePaced } from '#src/client/use-paced.ts';
import { oldestCursor } from '#src/live/oldest-cursor.ts';
import { applySpend } from '#src/live/overview.ts';
import type { Payload } from '#src/live/page-event.ts';
import { inPages, type ListPage, withFreshHead } from '#src/live/page-head.ts';
import { type ActivityFilter, activityInput } from '#src/overview/activity-filter.ts';

/** Views and growth, which every settlement moves, are asked for now and then; spend moves by the events themselves. */
const VIEWS_PACE = { firstMs: 200, gapMs: 5_000 };
/** What waits, and what is wrong, shows at once. */
const QUEUES_PACE = { firstMs: 200, gapMs: 1_000 };
const ACTIVITY_PACE = { firstMs: 200, gapMs: 1_000 };

/** The figures and the feed, followed from the older of their first snapshots. */
export function useLiveOverview(show: ActivityFilter) {
  const utils = trpc.useUtils();
  const poll = usePollInterval();
  const input = activityInput(show);
  const figures = trpc.overview.figures.useQuery(undefined, { refetchInterval: poll });
  const activity = trpc.overview.activity.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: poll,
  });
  // Followed from the first answers only: what the page has already changes nothing.
  const [from, setFrom] = useState<string>();
  const cursor = oldestCursor([figures.data?.cursor, activity.data?.pages[0]?.cursor]);
  if (from === undefined && cursor !== undefined) setFrom(cursor);

  const askFigures = () => void utils.overview.figures.invalidate();
  const askViews = usePaced(askFigures, VIEWS_PACE);
  const askQueues = usePaced(askFigures, QUEUES_PACE);
  const askActivity = usePaced(() => {
    void utils.overview.activity.fetch(input, { staleTime: 0 }).then((fresh) => {
      utils.overview.activity.setInfiniteData(input, (data) =>
        inPages(data, (pages: ListPage<Activity>[]) => withFreshHead(pages, fresh)),
      );
    });
  }, ACTIVITY_PACE);

  const onCampaign = useEffectEvent((event: Payload<'campaign.changed'>) => {
    utils.overview.figures.setData(undefined, (data) => (data && applySpend(data, event)) ?? data);
    askViews();
    askActivity();
  });

  trpc.live.admin.useSubscription(
    from === undefined ? skipToken : { lastEventId: from },
    liveOptions({
      onEvent: (event) => {
        switch (event.type) {
          case 'campaign.changed':
            return onCampaign(event.payload);
          case 'submission.changed':
          case 'audit.appended':
            askActivity();
            return askQueues();
          case 'alert.changed':
            return askQueues();
          default:
            return;
        }
      },
      onReset: () => {
        void Promise.all([figures.refetch(), activity.refetch()]).then(([one, two]) =>
          setFrom(oldestCursor([one.data?.cursor, two.data?.pages[0]?.cursor])),
        );
      },
    }),
  );
  return { figures, activity };
}

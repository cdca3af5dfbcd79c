'use client';

import { skipToken } from '@tanstack/react-query';
import { liveOptions } from '#src/client/live-options.ts';
import type { MySubmission } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { usePaced } from '#src/client/use-paced.ts';
import { oldestCursor } from '#src/live/oldest-cursor.ts';
import type { Payload } from '#src/live/page-event.ts';
import { inPages, type ListPage, withChangedItems } from '#src/live/page-head.ts';
import { type SubmissionFilter, submissionListInput } from '#src/submissions/submission-filter.ts';

/** Events say which submission moved; what it became is read again, a few of them at once. */
const REFETCH_PACE = { firstMs: 50, gapMs: 500 };

/** The viewer's submissions and short links, kept true by events from the oldest of their snapshots. */
export function useLiveSubmissions(filter: SubmissionFilter) {
  const utils = trpc.useUtils();
  const poll = usePollInterval();
  const input = submissionListInput(filter);
  const query = trpc.mySubmissions.list.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (previous) => previous,
    refetchInterval: poll,
  });
  const counts = trpc.mySubmissions.counts.useQuery(undefined, { refetchInterval: poll });
  const links = trpc.submissions.links.useQuery(undefined, { refetchInterval: poll });
  const cursor = oldestCursor([
    counts.data?.cursor,
    links.data?.cursor,
    ...(query.data?.pages.map((page) => page.cursor) ?? [undefined]),
  ]);

  const refetch = usePaced(() => {
    void utils.mySubmissions.list.invalidate();
    void utils.mySubmissions.counts.invalidate();
    void utils.submissions.links.invalidate();
  }, REFETCH_PACE);
  const onViews = ({ clips }: Payload<'earnings.changed'>) => {
    const changed = new Map(clips.map((clip) => [clip.clipId, clip]));
    utils.mySubmissions.list.setInfiniteData(input, (data) =>
      inPages(data, (pages: ListPage<MySubmission>[]) =>
        withChangedItems(pages, (row) => {
          const newer = changed.get(row.clipId);
          return newer === undefined || newer.version <= row.version
            ? row
            : { ...row, views: newer.views, version: newer.version };
        }),
      ),
    );
  };

  trpc.live.me.useSubscription(
    cursor === undefined ? skipToken : { lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        if (event.type === 'earnings.changed') onViews(event.payload);
        if (event.type === 'submission.changed' || event.type === 'link.changed') refetch();
      },
      onReset: refetch,
    }),
  );
  return { query, counts, links };
}

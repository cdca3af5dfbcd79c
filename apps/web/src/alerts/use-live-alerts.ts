'use client';

import { skipToken } from '@tanstack/react-query';
import { type AlertFilter, alertListInput, isShown } from '#src/alerts/alert-filter.ts';
import { liveOptions } from '#src/client/live-options.ts';
import type { AlertRow } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { oldestCursor } from '#src/live/oldest-cursor.ts';
import { inPages, type ListPage, withChangedItems, withNewItem } from '#src/live/page-head.ts';

/**
 * What the viewer was told, kept true by events. What is read stays where it is, also where only unread ones are listed:
 * nothing goes away under the pointer.
 */
export function useLiveAlerts(filter: AlertFilter) {
  const utils = trpc.useUtils();
  const input = alertListInput(filter);
  const query = trpc.notifications.list.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: usePollInterval(),
  });
  const cursor = oldestCursor(query.data?.pages.map((page) => page.cursor) ?? []);

  const change = (how: (pages: ListPage<AlertRow>[]) => ListPage<AlertRow>[]) =>
    utils.notifications.list.setInfiniteData(input, (data) => inPages(data, how));
  const markSeen = (seen: (alert: AlertRow) => boolean, at: string) =>
    change((pages) =>
      withChangedItems(pages, (alert) => (alert.readAt === null && seen(alert) ? { ...alert, readAt: at } : alert)),
    );

  trpc.live.me.useSubscription(
    cursor === undefined ? skipToken : { lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        if (event.type === 'notification.created') {
          const { at, ...alert } = event.payload;
          if (!isShown(filter, alert)) return;
          change((pages) => withNewItem(pages, { ...alert, readAt: null, createdAt: at }));
        }
        if (event.type === 'notifications.read') {
          const { ids, at } = event.payload;
          markSeen(({ id, createdAt }) => (ids === null ? createdAt <= at : ids.includes(id)), at);
        }
      },
      onReset: () => void utils.notifications.list.invalidate(),
    }),
  );
  return { query, markSeen };
}

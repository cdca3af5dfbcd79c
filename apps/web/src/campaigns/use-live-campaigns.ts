'use client';

import { skipToken } from '@tanstack/react-query';
import { type CampaignFilter, campaignListInput } from '#src/campaigns/campaign-filter.ts';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { applyToCards } from '#src/live/campaign-card.ts';
import { oldestCursor } from '#src/live/oldest-cursor.ts';

/**
 * The campaigns of a filter, page by page, kept true by events. A campaign that leaves the filter stays where it is,
 * with its new status, until the list is opened again: nothing goes away under the pointer.
 */
export function useLiveCampaigns(filter: CampaignFilter) {
  const utils = trpc.useUtils();
  const input = campaignListInput(filter);
  const query = trpc.campaigns.list.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: usePollInterval(),
  });
  const cursor = oldestCursor(query.data?.pages.map((page) => page.cursor) ?? []);

  trpc.live.campaigns.useSubscription(
    cursor === undefined ? skipToken : { lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        if (event.type !== 'campaign.changed') return;
        utils.campaigns.list.setInfiniteData(input, (data) => {
          if (data === undefined) return data;
          let changed = false;
          const pages = data.pages.map((page) => {
            const items = applyToCards(page.items, event.payload);
            changed ||= items !== page.items;
            return items === page.items ? page : { ...page, items };
          });
          return changed ? { ...data, pages } : data;
        });
      },
      onReset: () => void utils.campaigns.list.invalidate(),
    }),
  );
  return query;
}

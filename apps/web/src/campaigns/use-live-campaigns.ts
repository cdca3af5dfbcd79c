'use client';

import { skipToken } from '@tanstack/react-query';
import { useRef } from 'react';
import { type CampaignFilter, campaignListInput, isShown } from '#src/campaigns/campaign-filter.ts';
import { liveOptions } from '#src/client/live-options.ts';
import type { CampaignCard } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { usePaced } from '#src/client/use-paced.ts';
import { applyToCards } from '#src/live/campaign-card.ts';
import { oldestCursor } from '#src/live/oldest-cursor.ts';

/** A campaign that starts shows within a second; many at once are fetched together. */
const REFETCH_PACE = { firstMs: 300, gapMs: 5_000 };

/**
 * The campaigns of a filter, page by page, kept true by events. One that comes under the tab, because it was published
 * or has started, is fetched; one that leaves it stays where it is, with its new status, until the list is opened again:
 * nothing goes away under the pointer.
 */
export function useLiveCampaigns(filter: CampaignFilter) {
  const utils = trpc.useUtils();
  const input = campaignListInput(filter);
  const query = trpc.campaigns.list.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: usePollInterval(),
    placeholderData: (before) => before,
  });
  const cursor = oldestCursor(query.data?.pages.map((page) => page.cursor) ?? []);

  // What has been asked about once is not on the shown pages: only another status is a reason to look again.
  const asked = useRef(new Map<string, CampaignCard['status']>());
  const refetch = usePaced(() => void query.refetch(), REFETCH_PACE);

  trpc.live.campaigns.useSubscription(
    cursor === undefined ? skipToken : { lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        // What a card says is not in its events.
        if (event.type === 'campaign.edited') return refetch();
        if (event.type !== 'campaign.changed') return;
        const { campaignId, status } = event.payload;
        const isListed = query.data?.pages.some((page) => page.items.some((card) => card.id === campaignId)) ?? true;
        if (!isListed) {
          if (isShown(filter, status) && asked.current.get(campaignId) !== status) refetch();
          asked.current.set(campaignId, status);
          return;
        }
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

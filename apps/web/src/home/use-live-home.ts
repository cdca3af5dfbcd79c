'use client';

import { skipToken } from '@tanstack/react-query';
import { useEffectEvent } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { usePaced } from '#src/client/use-paced.ts';
import { MY_CLIPS_INPUT } from '#src/home/my-clips-input.ts';
import { applyToOwnClips, applyToSummary } from '#src/live/earnings-summary.ts';
import { oldestCursor } from '#src/live/oldest-cursor.ts';
import type { Payload } from '#src/live/page-event.ts';

/** When a clip is read next is known only by asking. */
const SCHEDULE_MS = 60_000;
/** Figures over all clips, which are more than the page has loaded, are asked for again. Money is not: it moves by events. */
const REFETCH_PACE = { firstMs: 300, gapMs: 1_000 };
/** As many as one subscription takes; clips of others are as old as the last look, a minute at most. */
const CAMPAIGNS_FOLLOWED_MAX = 100;

/** What the viewer earned and the clips it comes from, kept true by events from the older of their snapshots. */
export function useLiveHome() {
  const utils = trpc.useUtils();
  const poll = usePollInterval();
  const summary = trpc.me.summary.useQuery(undefined, { refetchInterval: poll });
  const clips = trpc.me.clips.useInfiniteQuery(MY_CLIPS_INPUT, {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: poll || SCHEDULE_MS,
  });
  const cursor = oldestCursor([summary.data?.cursor, ...(clips.data?.pages.map((page) => page.cursor) ?? [undefined])]);

  const refetchSummary = usePaced(() => void utils.me.summary.invalidate(), REFETCH_PACE);
  const refetchAll = usePaced(() => {
    void utils.me.summary.invalidate();
    void utils.me.clips.invalidate();
  }, REFETCH_PACE);
  const onEarnings = (event: Payload<'earnings.changed'>) => {
    utils.me.summary.setData(undefined, (data) => data && applyToSummary(data, event));
    utils.me.clips.setInfiniteData(MY_CLIPS_INPUT, (data) => {
      if (data === undefined) return data;
      const pages = data.pages.map((page) => {
        const items = applyToOwnClips(page.items, event);
        return items === page.items ? page : { ...page, items };
      });
      return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
    });
    if (event.clips.length > 0) refetchSummary();
  };

  // A campaign that pauses, goes on or ends changes the state of its clips.
  const shown = clips.data?.pages.flatMap((page) => page.items) ?? [];
  const campaignIds = [...new Set(shown.map((clip) => clip.campaignId))].sort().slice(0, CAMPAIGNS_FOLLOWED_MAX);
  const onCampaign = useEffectEvent((event: Payload<'campaign.changed'>) => {
    const clip = shown.find(({ campaignId }) => campaignId === event.campaignId);
    if (clip === undefined) return;
    if (clip.campaignStatus !== event.status || clip.campaignReleased !== event.released) refetchAll();
  });
  trpc.live.campaigns.useSubscription(
    cursor === undefined || campaignIds.length === 0 ? skipToken : { ids: campaignIds, lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        if (event.type === 'campaign.changed') onCampaign(event.payload);
      },
      onReset: () => void utils.me.invalidate(),
    }),
  );

  trpc.live.me.useSubscription(
    cursor === undefined ? skipToken : { lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        if (event.type === 'earnings.changed') onEarnings(event.payload);
        if (event.type === 'notification.created' || event.type === 'submission.changed') {
          refetchAll();
        }
      },
      onReset: () => void utils.me.invalidate(),
    }),
  );
  return { summary, clips };
}

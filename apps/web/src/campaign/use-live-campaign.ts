'use client';

import { skipToken } from '@tanstack/react-query';
import { useEffectEvent } from 'react';
import { CLIPS_SHOWN } from '#src/campaign/clips-shown.ts';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { usePaced } from '#src/client/use-paced.ts';
import { applyMine, applyToPage } from '#src/live/campaign-page.ts';
import { applyEarnings, applyViews, type LiveClip } from '#src/live/clip-rows.ts';
import { lacksClips } from '#src/live/missing-clips.ts';
import { oldestCursor } from '#src/live/oldest-cursor.ts';
import type { Payload } from '#src/live/page-event.ts';

/** Clips below the shown ones may have overtaken them, and the next reads are known: worth a look now and then. */
const RERANK_MS = 60_000;
/** A clip that the list lacks shows within a second or so; a campaign that changes all the time is not asked for all the time. */
const REFETCH_PACE = { firstMs: 1_000, gapMs: 10_000 };

/** One campaign and its clips, followed from the older of their two snapshots. */
export function useLiveCampaign(id: string) {
  const utils = trpc.useUtils();
  const poll = usePollInterval();
  const page = trpc.campaigns.byId.useQuery({ id }, { refetchInterval: poll });
  const clips = trpc.campaigns.clips.useQuery({ id, limit: CLIPS_SHOWN }, { refetchInterval: poll || RERANK_MS });
  const cursor = oldestCursor([page.data?.cursor, clips.data?.cursor]);

  const refetchClips = usePaced(() => void utils.campaigns.clips.invalidate({ id }), REFETCH_PACE);
  const setClips = (change: (rows: LiveClip[]) => LiveClip[]) =>
    utils.campaigns.clips.setData({ id, limit: CLIPS_SHOWN }, (data) => {
      if (data === undefined) return data;
      const items = change(data.items);
      return items === data.items ? data : { ...data, items };
    });

  const onCampaign = useEffectEvent((event: Payload<'campaign.changed'>) => {
    if (event.campaignId !== id) return;
    const before = page.data?.campaign;
    utils.campaigns.byId.setData({ id }, (data) => data && applyToPage(data, event));
    setClips((rows) => applyViews(rows, event.clips));
    if (clips.data !== undefined && lacksClips(clips.data, event)) refetchClips();
    // Its marks and its last point are worth a look when it changes state; the rest of the chart has its own pace.
    if (before !== undefined && (before.status !== event.status || before.closing !== event.closing)) {
      void utils.campaigns.chart.invalidate({ id });
      void utils.campaigns.marks.invalidate({ id });
    }
  });

  trpc.live.campaign.useSubscription(
    cursor === undefined ? skipToken : { id, lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        switch (event.type) {
          case 'campaign.changed':
            return onCampaign(event.payload);
          case 'campaign.edited':
            void utils.campaigns.byId.invalidate({ id });
            void utils.campaigns.marks.invalidate({ id });
            return;
          case 'earnings.changed':
            utils.campaigns.byId.setData({ id }, (data) => data && applyMine(data, event.payload));
            return setClips((rows) => applyEarnings(rows, ofCampaign(event.payload.clips, id)));
          case 'submission.changed':
            if (event.payload.campaignId === id) refetchClips();
            return;
          case 'clip.earned':
            if (event.payload.campaignId !== id) return;
            return setClips((rows) => applyEarnings(rows, event.payload.clips));
          default:
            return;
        }
      },
      onReset: () => void utils.campaigns.invalidate(),
    }),
  );
  return { page, clips };
}

function ofCampaign<Clip extends { campaignId: string }>(clips: Clip[], id: string): Clip[] {
  return clips.filter((clip) => clip.campaignId === id);
}

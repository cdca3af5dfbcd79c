'use client';

import { skipToken } from '@tanstack/react-query';
import { useEffectEvent } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { usePaced } from '#src/client/use-paced.ts';
import { statementInput } from '#src/clip/statement-input.ts';
import { applyToClipPage } from '#src/live/clip-page.ts';
import { oldestCursor } from '#src/live/oldest-cursor.ts';
import type { Payload } from '#src/live/page-event.ts';

/** When it is read next is known only by asking. */
const SCHEDULE_MS = 30_000;
/** A statement's lines are whole sentences of money: they are fetched, at once and then not more often than this. */
const REFETCH_PACE = { firstMs: 100, gapMs: 1_000 };

/** One clip and its statement, followed from the older of their snapshots. */
export function useLiveClip(id: string) {
  const utils = trpc.useUtils();
  const poll = usePollInterval();
  const page = trpc.clips.byId.useQuery({ id }, { refetchInterval: poll || SCHEDULE_MS });
  const statement = trpc.clips.statement.useInfiniteQuery(statementInput(id), {
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: poll,
  });
  const cursor = oldestCursor([
    page.data?.cursor,
    ...(statement.data?.pages.map((each) => each.cursor) ?? [undefined]),
  ]);
  const clip = page.data?.clip;

  const refetchPage = usePaced(() => void utils.clips.byId.invalidate({ id }), REFETCH_PACE);
  const refetchStatement = usePaced(() => void utils.clips.statement.invalidate({ id }), REFETCH_PACE);
  const apply = (change: Parameters<typeof applyToClipPage>[1]) =>
    utils.clips.byId.setData({ id }, (data) => data && applyToClipPage(data, change));

  const onCampaign = useEffectEvent((event: Payload<'campaign.changed'>) => {
    if (clip === undefined || event.campaignId !== clip.campaignId) return;
    apply({ views: event.clips });
    // How its campaign stands, and what of its views was not paid, come with the page.
    if (event.status !== clip.campaignStatus || event.released !== clip.campaignReleased) refetchPage();
    if (event.truncated === true && !event.clips.some(({ clipId }) => clipId === clip.clipId)) refetchPage();
  });
  const onEarnings = useEffectEvent((earnings: Payload<'clip.earned'>['clips']) => {
    const changed = earnings.find(({ clipId }) => clipId === clip?.clipId);
    if (changed === undefined) return;
    if (changed.credited !== clip?.credited) refetchStatement();
    apply({ earnings: [changed] });
  });

  trpc.live.campaign.useSubscription(
    cursor === undefined || clip === undefined ? skipToken : { id: clip.campaignId, lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        switch (event.type) {
          case 'campaign.changed':
            return onCampaign(event.payload);
          case 'earnings.changed':
            apply({ views: event.payload.clips });
            return onEarnings(event.payload.clips);
          case 'clip.earned':
            return onEarnings(event.payload.clips);
          case 'submission.changed':
            if (event.payload.submissionId === id) refetchPage();
            return;
          default:
            return;
        }
      },
      onReset: () => void utils.clips.invalidate(),
    }),
  );
  return { page, statement };
}

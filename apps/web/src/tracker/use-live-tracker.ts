'use client';

import { skipToken } from '@tanstack/react-query';
import { liveOptions } from '#src/client/live-options.ts';
import { ASK_TRACKER } from '#src/client/providers.tsx';
import { trpc } from '#src/client/trpc.ts';
import { applyAlert, applyPlatformToOverview, applyRun } from '#src/live/tracker-overview.ts';

/** What is due and how late has no event of its own: it is asked for again and again. */
const REFRESH_MS = 5_000;

/** The tracker's state: runs and alerts as they happen, the rest every few seconds, from the tracker itself. */
export function useLiveTracker() {
  const utils = trpc.useUtils();
  const query = trpc.tracker.overview.useQuery(undefined, {
    refetchInterval: REFRESH_MS,
    trpc: { context: { [ASK_TRACKER]: true } },
  });
  const platforms = trpc.platforms.status.useQuery();
  const cursor = platforms.data?.cursor;

  trpc.live.admin.useSubscription(
    cursor === undefined ? skipToken : { lastEventId: cursor },
    liveOptions({
      onEvent: (event) =>
        utils.tracker.overview.setData(undefined, (overview) => {
          if (overview === undefined) return overview;
          switch (event.type) {
            case 'run.finished':
              return applyRun(overview, event.payload);
            case 'alert.changed':
              return applyAlert(overview, event.payload);
            case 'platform.changed':
              return applyPlatformToOverview(overview, event.payload);
            default:
              return overview;
          }
        }),
      onReset: () => void utils.platforms.status.invalidate(),
    }),
  );
  return query;
}

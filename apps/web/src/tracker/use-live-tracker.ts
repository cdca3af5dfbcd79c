'use client';

import { skipToken } from '@tanstack/react-query';
import { useState } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { applyAlert, applyPlatformDetail, applyPlatformToOverview, applyRun } from '#src/live/tracker-overview.ts';

/** What is due and how late has no event of its own: it is asked for again and again. */
const REFRESH_MS = 5_000;

/** The tracker's state: runs and alerts as they happen, the rest every few seconds. */
export function useLiveTracker() {
  const utils = trpc.useUtils();
  const query = trpc.tracker.overview.useQuery(undefined, { refetchInterval: REFRESH_MS });
  // Followed from the first answer only: each later one would begin a new subscription.
  const [from, setFrom] = useState<string>();
  if (from === undefined && query.data !== undefined) setFrom(query.data.cursor);

  trpc.live.admin.useSubscription(
    from === undefined ? skipToken : { lastEventId: from },
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
            case 'platform.detail':
              return applyPlatformDetail(overview, event.payload);
            default:
              return overview;
          }
        }),
      onReset: () => void query.refetch().then(({ data }) => setFrom(data?.cursor)),
    }),
  );
  return query;
}

'use client';

import { skipToken } from '@tanstack/react-query';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { applyToSummary } from '#src/live/earnings-summary.ts';

/** What the viewer earned, kept true by events. A clip or campaign that the page does not know yet is fetched. */
export function useLiveSummary() {
  const utils = trpc.useUtils();
  const query = trpc.me.summary.useQuery(undefined, { refetchInterval: usePollInterval() });
  const cursor = query.data?.cursor;

  trpc.live.me.useSubscription(
    cursor === undefined ? skipToken : { lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        if (event.type === 'notification.created' || event.type === 'submission.changed')
          void utils.me.summary.invalidate();
        if (event.type !== 'earnings.changed') return;
        utils.me.summary.setData(undefined, (data) => data && applyToSummary(data, event.payload));
      },
      onReset: () => void utils.me.summary.invalidate(),
    }),
  );
  return query;
}

'use client';

import { skipToken } from '@tanstack/react-query';
import { useState } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { usePaced } from '#src/client/use-paced.ts';

/** A campaign's end is told to all its clippers at once: their pages ask a little apart, and together for a burst. */
const PACE = { firstMs: 200, gapMs: 700 };

/**
 * Keeps the number of unread notices true, for every bell on the page. It is asked for anew rather than counted: read on
 * another device, or told twice, it is still right.
 */
export function useLiveUnread(): void {
  const utils = trpc.useUtils();
  const query = trpc.notifications.unread.useQuery(undefined, { refetchInterval: usePollInterval() });
  // Followed from the first answer only: each later one would begin a new subscription.
  const [from, setFrom] = useState<string>();
  if (from === undefined && query.data !== undefined) setFrom(query.data.cursor);
  const ask = usePaced(() => void utils.notifications.unread.invalidate(), PACE);

  trpc.live.me.useSubscription(
    from === undefined ? skipToken : { lastEventId: from },
    liveOptions({
      onEvent: ({ type }) => {
        if (type === 'notification.created' || type === 'notifications.read') ask();
      },
      onReset: () => void query.refetch().then(({ data }) => setFrom(data?.cursor)),
    }),
  );
}

'use client';

import type { PageEvent } from '@clipmeter/api/output/live-event';
import { skipToken } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';

/** The viewer's profile, asked for again whenever something of it changes: an address is often confirmed elsewhere. */
export function useLiveProfile() {
  const router = useRouter();
  const query = trpc.account.profile.useQuery(undefined, { refetchInterval: usePollInterval() });
  useRefetchOn('profile.changed', query.data?.cursor, async () => {
    // The frame shows name and email too, and has them from the server.
    router.refresh();
    return (await query.refetch()).data?.cursor;
  });
  return query;
}

/** Where the viewer is signed in. */
export function useLiveSignIns() {
  const query = trpc.account.signIns.useQuery(undefined, { refetchInterval: usePollInterval() });
  useRefetchOn('sessions.changed', query.data?.cursor, async () => (await query.refetch()).data?.cursor);
  return query;
}

function useRefetchOn(
  type: PageEvent['type'],
  cursor: string | undefined,
  refetch: () => Promise<string | undefined>,
): void {
  // Followed from the first answer only: each later one would begin a new subscription.
  const [from, setFrom] = useState<string>();
  if (from === undefined && cursor !== undefined) setFrom(cursor);
  trpc.live.me.useSubscription(
    from === undefined ? skipToken : { lastEventId: from },
    liveOptions({
      onEvent: (event) => {
        if (event.type === type) void refetch();
      },
      onReset: () => void refetch().then(setFrom),
    }),
  );
}

'use client';

import { skipToken } from '@tanstack/react-query';
import { liveOptions } from '#src/client/live-options.ts';
import type { SocialAccountRow } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { applyToAccounts } from '#src/live/social-accounts.ts';

/** The viewer's accounts, kept true by events; what a mutation answered is taken the same way. */
export function useLiveAccounts() {
  const utils = trpc.useUtils();
  const query = trpc.socialAccounts.list.useQuery(undefined, { refetchInterval: usePollInterval() });

  const apply = (change: SocialAccountRow & { removed: boolean }) =>
    utils.socialAccounts.list.setData(undefined, (data) => {
      if (data === undefined) return data;
      const items = applyToAccounts(data.items, { ...change, at: '' });
      return items === data.items ? data : { ...data, items };
    });

  const cursor = query.data?.cursor;
  trpc.live.me.useSubscription(
    cursor === undefined ? skipToken : { lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        if (event.type === 'account.changed') apply(event.payload);
      },
      onReset: () => void utils.socialAccounts.list.invalidate(),
    }),
  );
  return { query, apply };
}

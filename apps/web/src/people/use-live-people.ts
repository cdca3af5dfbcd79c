'use client';

import { skipToken } from '@tanstack/react-query';
import { useState } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { usePaced } from '#src/client/use-paced.ts';
import { type PeopleFilter, peopleListInput } from '#src/people/people-filter.ts';

const PACE = { firstMs: 100, gapMs: 1_000 };

/** People, page by page. That somebody changed is told live; what, under this filter, is asked for. */
export function useLivePeople(filter: PeopleFilter) {
  const utils = trpc.useUtils();
  const input = peopleListInput(filter);
  const query = trpc.people.list.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: usePollInterval(),
    placeholderData: (previous) => previous,
  });
  const ask = usePaced(() => void utils.people.list.invalidate(input), PACE);
  usePersonEvents(query.data?.pages[0]?.cursor, null, ask, async () => {
    const { data } = await query.refetch();
    return data?.pages[0]?.cursor;
  });
  return query;
}

/** One person. */
export function useLivePerson(id: string) {
  const query = trpc.people.byId.useQuery({ id }, { refetchInterval: usePollInterval() });
  const refetch = async () => (await query.refetch()).data?.cursor;
  const ask = usePaced(() => void refetch(), PACE);
  usePersonEvents(query.data?.cursor, id, ask, refetch);
  return query;
}

function usePersonEvents(
  cursor: string | undefined,
  onlyId: string | null,
  ask: () => void,
  refetch: () => Promise<string | undefined>,
): void {
  // Followed from the first answer only: each later one would begin a new subscription.
  const [from, setFrom] = useState<string>();
  if (from === undefined && cursor !== undefined) setFrom(cursor);
  trpc.live.admin.useSubscription(
    from === undefined ? skipToken : { lastEventId: from },
    liveOptions({
      onEvent: (event) => {
        if (event.type !== 'person.changed') return;
        const { userId } = event.payload;
        if (onlyId === null || userId === null || userId === onlyId) ask();
      },
      onReset: () => void refetch().then(setFrom),
    }),
  );
}

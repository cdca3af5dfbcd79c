'use client';

import { skipToken } from '@tanstack/react-query';
import { useState } from 'react';
import { type AuditFilter, auditListInput } from '#src/audit/audit-filter.ts';
import { liveOptions } from '#src/client/live-options.ts';
import type { AuditEntry } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { usePaced } from '#src/client/use-paced.ts';
import { inPages, type ListPage, withFreshHead } from '#src/live/page-head.ts';

const PACE = { firstMs: 200, gapMs: 1_000 };

/** The log, page by page. That something was done is told live; what, under this filter, is asked for. */
export function useLiveAudit(filter: AuditFilter) {
  const utils = trpc.useUtils();
  const input = auditListInput(filter);
  const query = trpc.audit.list.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: usePollInterval(),
  });
  // Followed from the first answer only: an entry that is in the list already changes nothing.
  const [from, setFrom] = useState<string>();
  const cursor = query.data?.pages[0]?.cursor;
  if (from === undefined && cursor !== undefined) setFrom(cursor);

  const ask = usePaced(() => {
    void utils.audit.list.fetch(input, { staleTime: 0 }).then((fresh) => {
      utils.audit.list.setInfiniteData(input, (data) =>
        inPages(data, (pages: ListPage<AuditEntry>[]) => withFreshHead(pages, fresh)),
      );
    });
  }, PACE);

  trpc.live.admin.useSubscription(
    from === undefined ? skipToken : { lastEventId: from },
    liveOptions({
      onEvent: ({ type }) => {
        if (type === 'audit.appended') ask();
      },
      onReset: () => void query.refetch().then(({ data }) => setFrom(data?.pages[0]?.cursor)),
    }),
  );
  return query;
}

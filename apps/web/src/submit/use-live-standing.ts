'use client';

import { linkStage, submissionStage } from '@clipmeter/core/submission-stage';
import { skipToken } from '@tanstack/react-query';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';

/** Where one submission stands, from its short link to its first read, as it happens. */
export function useLiveStanding(id: string) {
  const query = trpc.mySubmissions.byId.useQuery({ id }, { refetchInterval: usePollInterval() });
  const refetch = () => void query.refetch();
  const cursor = query.data?.cursor;
  trpc.live.me.useSubscription(
    cursor === undefined ? skipToken : { lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        if (event.type === 'submission.changed' && event.payload.submissionId === id) refetch();
        if (event.type === 'link.changed' && event.payload.linkId === id) refetch();
      },
      onReset: refetch,
    }),
  );
  const { submission = null, link = null } = query.data ?? {};
  const stage = submission !== null ? submissionStage(submission) : link !== null ? linkStage(link) : null;
  return { query, submission, stage };
}

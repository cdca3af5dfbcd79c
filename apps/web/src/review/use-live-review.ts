'use client';

import { skipToken } from '@tanstack/react-query';
import { useState } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import type { ReviewItem } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { usePaced } from '#src/client/use-paced.ts';
import { oldestCursor } from '#src/live/oldest-cursor.ts';
import type { Payload } from '#src/live/page-event.ts';
import type { queueInput } from '#src/review/review-filter.ts';

/** A change is on the page within a second; a rush of them is asked for once a second. */
const REFETCH_PACE = { firstMs: 150, gapMs: 1_000 };

type QueueInput = NonNullable<ReturnType<typeof queueInput>>;

/**
 * A queue of the review page, kept true by events: each change of a submission asks for the pages again. What other
 * admins decided of the rows shown is said in a sentence.
 */
export function useLiveReview(input: QueueInput, viewerId: string) {
  const utils = trpc.useUtils();
  const [said, setSaid] = useState<{ submissionId: string; sentence: string } | null>(null);
  const query = trpc.review.queue.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: usePollInterval(),
  });
  const cursor = oldestCursor(query.data?.pages.map((page) => page.cursor) ?? []);
  // Followed from the first answer only: each later one would begin a new subscription.
  const [from, setFrom] = useState(cursor);
  if (from === undefined && cursor !== undefined) setFrom(cursor);

  const refetch = usePaced(() => {
    void utils.review.queue.invalidate(input);
    void utils.review.counts.invalidate();
    void utils.review.submission.invalidate();
  }, REFETCH_PACE);

  trpc.live.admin.useSubscription(
    from === undefined ? skipToken : { lastEventId: from },
    liveOptions({
      onEvent: (event) => {
        if (event.type !== 'submission.changed') return;
        const row = query.data?.pages
          .flatMap((page) => page.items)
          .find(({ submissionId }) => submissionId === event.payload.submissionId);
        const sentence = row === undefined ? null : sentenceOf(event.payload, row, viewerId);
        if (sentence !== null) setSaid({ submissionId: event.payload.submissionId, sentence });
        refetch();
      },
      onReset: () => void query.refetch().then(({ data }) => setFrom(data?.pages[0]?.cursor)),
    }),
  );
  return { query, said };
}

const DID: Partial<Record<Payload<'submission.changed'>['status'], string>> = {
  APPROVED: 'approved',
  REJECTED: 'rejected',
  REVOKED: 'revoked the approval of',
};

function sentenceOf(
  { by, status, approvalRequested }: Payload<'submission.changed'>,
  row: ReviewItem,
  viewerId: string,
): string | null {
  if (by === undefined || by.userId === viewerId) return null;
  const did = DID[status] ?? (approvalRequested && row.approval === null ? 'approved' : null);
  return did === null ? null : `${by.name} ${did} ${nameOf(row)}.`;
}

/** What a clip is called in a sentence. */
export function nameOf({ title, clipper }: Pick<ReviewItem, 'title' | 'clipper'>): string {
  return title === null ? `a clip of ${clipper.name}` : `“${title}”`;
}

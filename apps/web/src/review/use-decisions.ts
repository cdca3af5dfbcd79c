'use client';

import { useState } from 'react';
import { trpc } from '#src/client/trpc.ts';

export interface Refusal {
  readonly id: string;
  readonly sentence: string;
}

/**
 * Approving and rejecting, one or many. Nothing shows as done before the server answers; what was done leaves the queue
 * at once, and of what was refused a sentence says why.
 */
export function useDecisions(onDone: () => void) {
  const utils = trpc.useUtils();
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const settle = async ({ results }: { results: { id: string; refusal: string | null }[] }) => {
    const [made, refused] = [
      results.filter((each) => each.refusal === null),
      results.filter((each) => each.refusal !== null),
    ];
    setDone((before) => new Set([...before, ...made.map(({ id }) => id)]));
    setRefusals(refused.map(({ id, refusal }) => ({ id, sentence: refusal ?? '' })));
    onDone();
    await Promise.all([
      utils.review.queue.invalidate(),
      utils.review.decisions.invalidate(),
      utils.review.counts.invalidate(),
      utils.review.submission.invalidate(),
    ]);
    // The pages are as they are now: who comes back to a queue is shown again.
    setDone(new Set());
  };
  const approve = trpc.review.approve.useMutation({ onSuccess: settle });
  const reject = trpc.review.reject.useMutation({ onSuccess: settle });
  const error = approve.error ?? reject.error;
  return {
    approve,
    reject,
    done,
    refusals,
    forgetRefusals: () => setRefusals([]),
    error: error === null ? null : error.message,
    pending: approve.isPending || reject.isPending,
  };
}

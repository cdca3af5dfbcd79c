'use client';

import { Button } from '@clipmeter/ui/button';
import { Card } from '@clipmeter/ui/card';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { MoreRows } from '@clipmeter/ui/more-rows';
import { NewRows } from '@clipmeter/ui/new-rows';
import { Notice } from '@clipmeter/ui/notice';
import { SelectTable, useRowChoice } from '@clipmeter/ui/select-table';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { Info, TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ReviewItem } from '#src/client/outputs.ts';
import { KeyList } from '#src/review/key-list.tsx';
import { RejectDialog } from '#src/review/reject-dialog.tsx';
import { reviewColumns } from '#src/review/review-columns.tsx';
import type { QueueTab, queueInput } from '#src/review/review-filter.ts';
import { ReviewSheet } from '#src/review/review-sheet.tsx';
import { SelectionBar } from '#src/review/selection-bar.tsx';
import { useDecisions } from '#src/review/use-decisions.ts';
import { useHeldQueue } from '#src/review/use-held-queue.ts';
import { nameOf, useLiveReview } from '#src/review/use-live-review.ts';

const EMPTY: Record<QueueTab, string> = {
  waiting: 'Nothing waits for you. New submissions show here as they come.',
  asked: 'No approval waits for its read.',
  held: 'Nothing is on hold. A clip comes here when a read shows another author than its clipper.',
};

const idOf = (item: ReviewItem) => item.submissionId;

interface ReviewQueueProps {
  tab: QueueTab;
  input: NonNullable<ReturnType<typeof queueInput>>;
  /** Filters leave something out. */
  isNarrowed: boolean;
  viewerId: string;
  open: string | null;
  onOpen: (id: string | null) => void;
}

/** A queue to work through, by pointer or by keys, one clip or many at once. */
export function ReviewQueue({ tab, input, isNarrowed, viewerId, open, onOpen }: ReviewQueueProps) {
  const list = useRef<HTMLDivElement>(null);
  const [rejecting, setRejecting] = useState<readonly string[] | null>(null);
  const [showsKeys, setShowsKeys] = useState(false);
  const { query, said } = useLiveReview(input, viewerId);
  const decisions = useDecisions(() => setRejecting(null));
  const fresh = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [isChoosing, setIsChoosing] = useState(false);
  const { rows, waiting, release } = useHeldQueue(fresh, {
    list,
    idOf,
    isBusy: isChoosing || open !== null || rejecting !== null,
    done: decisions.done,
  });
  const choosable = rows.filter((row) => !row.isGone).map(({ item }) => item.submissionId);
  const choices = useRowChoice(choosable);
  const { selected, current } = choices.choice;
  if (isChoosing !== selected.size > 0) setIsChoosing(selected.size > 0);
  const chosen = rows.filter(({ item }) => selected.has(item.submissionId)).map(({ item }) => item);

  // Keys act on the selection, or else on the row that they are on.
  const meant = selected.size > 0 ? [...selected] : current === null ? [] : [current.key];
  const canApprove = tab === 'waiting';
  const canReject = tab !== 'held';
  const approve = (ids: readonly string[]) => {
    if (ids.length > 0 && !decisions.pending) decisions.approve.mutate({ ids: [...ids] });
  };
  const reject = (ids: readonly string[]) => {
    decisions.reject.reset();
    if (ids.length > 0) setRejecting(ids);
  };
  const [only] = rejecting ?? [];
  const rejected = rows.find(({ item }) => item.submissionId === only)?.item;

  return (
    <div ref={list} className="relative">
      <NewRows count={waiting} onShow={release} />
      {said === null ? null : (
        <Notice icon={Info} className="mb-3">
          {said.sentence}
        </Notice>
      )}
      {decisions.refusals.length === 0 && decisions.error === null ? null : (
        <Notice icon={TriangleAlert} tone="warn" className="mb-3">
          {decisions.error === null ? null : <p>{decisions.error} Nothing was decided.</p>}
          {decisions.refusals.map(({ id, sentence }) => (
            <p key={id}>{sentence}</p>
          ))}
          <Button tone="quiet" className="-ml-3.5 mt-1" onClick={decisions.forgetRefusals}>
            Dismiss
          </Button>
        </Notice>
      )}
      <Card flush>
        {query.data === undefined ? (
          query.isError ? (
            <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
              The queue could not be loaded. {query.error.message}
            </ErrorState>
          ) : (
            <SkeletonRows rows={8} />
          )
        ) : rows.length === 0 ? (
          <EmptyState>{isNarrowed ? 'Nothing here matches the filters.' : EMPTY[tab]}</EmptyState>
        ) : (
          <SelectTable
            label="Submissions to review"
            columns={reviewColumns(tab, onOpen)}
            rows={[...rows]}
            rowKey={({ item }) => item.submissionId}
            rowName={({ item }) => nameOf(item)}
            isFaded={({ isGone }) => isGone}
            choices={choices}
            choosable={choosable}
            onOpen={onOpen}
            keys={{
              a: () => (canApprove && meant.length > 0 ? approve(meant) : false),
              r: () => (canReject && meant.length > 0 ? reject(meant) : false),
              '?': () => setShowsKeys(true),
            }}
          />
        )}
      </Card>
      <MoreRows label="Show more" query={query} />
      {chosen.length === 0 ? null : (
        <SelectionBar
          count={chosen.length}
          views={chosen.reduce((sum, { views }) => sum + views, 0)}
          pending={decisions.pending}
          onApprove={canApprove ? () => approve([...selected]) : null}
          onReject={canReject ? () => reject([...selected]) : null}
          onClear={choices.clear}
        />
      )}
      {open === null ? null : (
        <ReviewSheet
          id={open}
          onClose={() => onOpen(null)}
          pending={decisions.pending}
          onApprove={() => approve([open])}
          onReject={() => reject([open])}
        />
      )}
      {rejecting === null ? null : (
        <RejectDialog
          count={rejecting.length}
          name={
            rejecting.length > 1 ? `${rejecting.length} clips` : rejected === undefined ? 'this clip' : nameOf(rejected)
          }
          pending={decisions.reject.isPending}
          error={decisions.reject.error?.message ?? null}
          onClose={() => setRejecting(null)}
          onReject={(reason) =>
            decisions.reject.mutate({ ids: [...rejecting], reason, seenAs: tab === 'waiting' ? 'waiting' : 'asked' })
          }
        />
      )}
      {showsKeys ? <KeyList onClose={() => setShowsKeys(false)} /> : null}
    </div>
  );
}

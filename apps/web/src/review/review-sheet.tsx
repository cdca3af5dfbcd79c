'use client';

import { platformName } from '@clipmeter/core/platform';
import { submissionCan } from '@clipmeter/core/submission-state';
import { Button } from '@clipmeter/ui/button';
import { ErrorState } from '@clipmeter/ui/error-state';
import { Sheet } from '@clipmeter/ui/sheet';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { useState } from 'react';
import type { ReviewedSubmission } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { type LaterAct, LaterActDialog } from '#src/review/later-act-dialog.tsx';
import { ReviewFacts } from '#src/review/review-facts.tsx';
import { ReviewHistory } from '#src/review/review-history.tsx';

interface ReviewSheetProps {
  id: string;
  pending: boolean;
  /** Null: nothing is decided here that waits. */
  onApprove: (() => void) | null;
  onReject: (() => void) | null;
  onClose: () => void;
}

/** One submission in full: what is known of its video, its history, and what can be done now. */
export function ReviewSheet({ id, pending, onApprove, onReject, onClose }: ReviewSheetProps) {
  const query = trpc.review.submission.useQuery({ id });
  const [act, setAct] = useState<LaterAct | null>(null);
  const { data } = query;
  return (
    <Sheet
      open
      keys={{
        a: () => (canApprove(data) && onApprove !== null && !pending ? onApprove() : false),
        r: () => (data !== undefined && submissionCan.reject(data) && onReject !== null ? onReject() : false),
      }}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={data === undefined ? 'Submission' : (data.item.title ?? 'Untitled clip')}
      description={
        data === undefined
          ? 'Loading'
          : `${data.item.clipper.name} · ${platformName(data.item.platform)} · ${data.item.campaign.title}`
      }
      actions={
        data === undefined ? undefined : (
          <SheetActions data={data} pending={pending} onApprove={onApprove} onReject={onReject} onAct={setAct} />
        )
      }
    >
      {data === undefined ? (
        query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
            This submission could not be loaded. {query.error.message}
          </ErrorState>
        ) : (
          <SkeletonRows rows={6} className="-mx-5" />
        )
      ) : (
        <>
          <ReviewFacts data={data} />
          <ReviewHistory history={data.history} />
        </>
      )}
      {act === null || data === undefined ? null : (
        <LaterActDialog act={act} data={data} onClose={() => setAct(null)} />
      )}
    </Sheet>
  );
}

const canApprove = (data: ReviewedSubmission | undefined): boolean =>
  data !== undefined && data.item.approval === null && submissionCan.requestApproval(data);

interface SheetActionsProps extends Pick<ReviewSheetProps, 'pending' | 'onApprove' | 'onReject'> {
  data: ReviewedSubmission;
  onAct: (act: LaterAct) => void;
}

function SheetActions({ data, pending, onApprove, onReject, onAct }: SheetActionsProps) {
  const { item } = data;
  if (submissionCan.reject(data)) {
    if (onReject === null) return <p className="text-muted text-sm">It waits again, in the queue.</p>;
    return (
      <>
        <Button onClick={onReject} disabled={pending}>
          Reject
        </Button>
        {canApprove(data) && onApprove !== null ? (
          <Button tone="primary" onClick={onApprove} pending={pending}>
            Approve
          </Button>
        ) : null}
      </>
    );
  }
  if (submissionCan.revoke(data)) {
    return (
      <>
        <Button tone="danger" onClick={() => onAct('revoke')}>
          Revoke approval
        </Button>
        {item.heldReason === null ? null : (
          <Button tone="primary" onClick={() => onAct('release')}>
            Release hold
          </Button>
        )}
      </>
    );
  }
  if (data.status !== 'REVOKED' || data.reversible === '0.000000')
    return <p className="text-muted text-sm">{ended(data)}</p>;
  return (
    <Button tone="danger" onClick={() => onAct('reverse')}>
      Take back earnings
    </Button>
  );
}

function ended({ status, earned, reversed }: ReviewedSubmission): string {
  if (status === 'REVOKED') {
    if (earned === '0.000000') return 'It is revoked, and had earned nothing.';
    return reversed === earned
      ? 'It is revoked, and what it earned was taken back.'
      : 'It is revoked; what it earned is in a payout or was paid.';
  }
  return status === 'REJECTED' ? 'It is rejected; the video may be submitted again.' : 'Its clipper has withdrawn it.';
}

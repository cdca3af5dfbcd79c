'use client';

import { Age } from '@clipmeter/ui/age';
import { Card } from '@clipmeter/ui/card';
import { type Column, DataTable } from '@clipmeter/ui/data-table';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { MoreRows } from '@clipmeter/ui/more-rows';
import { NewRows } from '@clipmeter/ui/new-rows';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { StatusWord } from '@clipmeter/ui/status-word';
import { skipToken } from '@tanstack/react-query';
import { CircleCheck, CircleSlash, type LucideIcon, Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import type { Decision } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePollInterval } from '#src/client/use-connection.ts';
import { useHeldTop } from '#src/client/use-held-top.ts';
import { usePaced } from '#src/client/use-paced.ts';
import { ClipThumbnail } from '#src/clip/clip-thumbnail.tsx';
import { oldestCursor } from '#src/live/oldest-cursor.ts';
import type { decisionsInput } from '#src/review/review-filter.ts';
import { ReviewSheet } from '#src/review/review-sheet.tsx';

const WORDS: Record<Decision['decision'], { icon: LucideIcon; tone: 'good' | 'neutral' | 'bad'; word: string }> = {
  APPROVED: { icon: CircleCheck, tone: 'good', word: 'Approved' },
  REJECTED: { icon: CircleSlash, tone: 'neutral', word: 'Rejected' },
  REVOKED: { icon: Undo2, tone: 'bad', word: 'Revoked' },
};

const REFETCH_PACE = { firstMs: 150, gapMs: 1_000 };

interface DecisionListProps {
  input: ReturnType<typeof decisionsInput>;
  isNarrowed: boolean;
  open: string | null;
  onOpen: (id: string | null) => void;
}

/** What was decided, the latest first; new decisions come as they are made. */
export function DecisionList({ input, isNarrowed, open, onOpen }: DecisionListProps) {
  const query = useLiveDecisions(input);
  const list = useRef<HTMLDivElement>(null);
  const decisions = query.data?.pages.flatMap((page) => page.items);
  const { shown, waiting, release } = useHeldTop(decisions ?? [], list);
  return (
    <div ref={list} className="relative">
      <NewRows count={waiting} onShow={release} />
      <Card flush>
        {decisions === undefined ? (
          query.isError ? (
            <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
              The decisions could not be loaded. {query.error.message}
            </ErrorState>
          ) : (
            <SkeletonRows rows={8} />
          )
        ) : decisions.length === 0 ? (
          <EmptyState>{isNarrowed ? 'Nothing here matches the filters.' : 'Nothing is decided yet.'}</EmptyState>
        ) : (
          <DataTable label="Decisions" columns={columns(onOpen)} rows={shown} rowKey={({ id }) => id} />
        )}
      </Card>
      <MoreRows label="Show more" query={query} />
      {open === null ? null : <OpenSubmission id={open} onClose={() => onOpen(null)} />}
    </div>
  );
}

function useLiveDecisions(input: DecisionListProps['input']) {
  const utils = trpc.useUtils();
  const query = trpc.review.decisions.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: usePollInterval(),
  });
  const cursor = oldestCursor(query.data?.pages.map((page) => page.cursor) ?? []);
  const [from, setFrom] = useState(cursor);
  if (from === undefined && cursor !== undefined) setFrom(cursor);
  const refetch = usePaced(() => void utils.review.invalidate(), REFETCH_PACE);
  trpc.live.admin.useSubscription(
    from === undefined ? skipToken : { lastEventId: from },
    liveOptions({
      onEvent: (event) => (event.type === 'submission.changed' ? refetch() : undefined),
      onReset: () => void query.refetch().then(({ data }) => setFrom(data?.pages[0]?.cursor)),
    }),
  );
  return query;
}

function columns(onOpen: (id: string) => void): Column<Decision>[] {
  return [
    {
      id: 'clip',
      header: 'Clip',
      phone: 'lead',
      className: 'sm:max-w-72 sm:py-1 sm:align-middle',
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-3">
          <ClipThumbnail
            clipId={row.clipId}
            platform={row.platform}
            hasThumbnail={row.hasThumbnail}
            className="w-6 max-sm:hidden"
          />
          <button
            type="button"
            onClick={() => onOpen(row.submissionId)}
            title={row.title ?? row.url}
            className="min-w-0 truncate text-left hover:underline pointer-coarse:py-2.5"
          >
            {row.title ?? `A clip of ${row.clipper.name}`}
          </button>
        </span>
      ),
    },
    {
      id: 'clipper',
      header: 'Clipper',
      className: 'max-w-40 truncate text-muted sm:align-middle max-md:hidden',
      cell: (row) => row.clipper.name,
    },
    {
      id: 'campaign',
      header: 'Campaign',
      className: 'max-w-44 truncate text-muted sm:align-middle max-lg:hidden',
      cell: (row) => row.campaign.title,
    },
    {
      id: 'decision',
      header: 'Decision',
      phone: 'detail',
      className: 'sm:max-w-72 sm:align-middle',
      cell: ({ decision, reason }) => {
        const { icon, tone, word } = WORDS[decision];
        return (
          <span className="flex min-w-0 items-baseline gap-2">
            <StatusWord icon={icon} tone={tone}>
              {word}
            </StatusWord>
            {reason === null ? null : (
              <span className="truncate text-faint text-xs" title={reason}>
                {reason}
              </span>
            )}
          </span>
        );
      },
    },
    {
      id: 'by',
      header: 'By',
      className: 'max-w-40 truncate text-muted sm:align-middle max-sm:hidden',
      cell: ({ by }) => by ?? 'the tracker',
    },
    {
      id: 'at',
      header: 'When',
      align: 'right',
      phone: 'detail-end',
      className: 'whitespace-nowrap text-muted sm:align-middle max-sm:text-[0.8125rem]',
      cell: ({ at }) => <Age date={new Date(at)} />,
    },
  ];
}

/** Of what is decided nothing waits for an answer: approving and rejecting are done in the queues. */
function OpenSubmission({ id, onClose }: { id: string; onClose: () => void }) {
  return <ReviewSheet id={id} onClose={onClose} pending={false} onApprove={null} onReject={null} />;
}

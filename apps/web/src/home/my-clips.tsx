'use client';

import { Card } from '@clipmeter/ui/card';
import { DataTable } from '@clipmeter/ui/data-table';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { MoreRows } from '@clipmeter/ui/more-rows';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import Link from 'next/link';
import type { Summary } from '#src/client/outputs.ts';
import { MY_CLIP_COLUMNS } from '#src/home/my-clip-columns.tsx';
import type { useLiveHome } from '#src/home/use-live-home.ts';

interface MyClipsProps {
  query: ReturnType<typeof useLiveHome>['clips'];
  totals: Summary['totals'] | undefined;
}

/** The clips that earn or did, the latest approved first. */
export function MyClips({ query, totals }: MyClipsProps) {
  const clips = query.data?.pages.flatMap((page) => page.items);
  return (
    <Card flush title="Your clips" aside={totals === undefined ? undefined : <Figures totals={totals} />}>
      {clips === undefined ? (
        query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
            Your clips could not be loaded. {query.error.message}
          </ErrorState>
        ) : (
          <SkeletonRows rows={4} />
        )
      ) : clips.length === 0 ? (
        <EmptyState
          action={
            <Link href="/campaigns" className="text-accent text-sm hover:underline">
              See the campaigns that are running
            </Link>
          }
        >
          {totals === undefined || totals.waiting === 0
            ? 'You have no clips yet. What they earn shows here, view by view.'
            : 'No clip of yours is approved yet. What it earns shows here, view by view, from its approval on.'}
        </EmptyState>
      ) : (
        <>
          <DataTable
            label="Your clips"
            columns={MY_CLIP_COLUMNS}
            rows={clips}
            rowKey={(clip) => clip.submissionId}
            rowVersion={(clip) => `${clip.views} ${clip.credited}`}
          />
          <MoreRows label="Show more clips" query={query} inCard />
        </>
      )}
    </Card>
  );
}

function Figures({ totals }: { totals: Summary['totals'] }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-0.5">
      <span>
        <RollingNumber value={totals.views} kind="count" /> views
      </span>
      <span>
        <RollingNumber value={totals.growth} kind="count" /> counted
      </span>
      {totals.waiting === 0 ? null : (
        <Link href="/submissions" className="text-accent hover:underline">
          {totals.waiting} waiting for approval
        </Link>
      )}
    </span>
  );
}

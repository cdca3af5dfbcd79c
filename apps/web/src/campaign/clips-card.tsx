'use client';

import { Button } from '@clipmeter/ui/button';
import { Card } from '@clipmeter/ui/card';
import { type Column, DataTable } from '@clipmeter/ui/data-table';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { numberText } from '@clipmeter/ui/number-text';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { ArrowUpDown } from 'lucide-react';
import { useRef } from 'react';
import { clipColumns } from '#src/campaign/clip-columns.tsx';
import { useHeldOrder } from '#src/campaign/use-held-order.ts';
import type { useLiveCampaign } from '#src/campaign/use-live-campaign.ts';
import type { ClipRow, Viewer } from '#src/client/outputs.ts';
import type { CampaignStanding } from '#src/clip/clip-facts.ts';

interface ClipsCardProps {
  query: ReturnType<typeof useLiveCampaign>['clips'];
  role: Viewer['role'];
  campaign: CampaignStanding;
}

/** The clips that grew most, their views ticking. Ranks change places only when nobody is pointing at them. */
export function ClipsCard({ query, role, campaign }: ClipsCardProps) {
  const { data } = query;
  const shown = data?.items.length ?? 0;
  return (
    <Card
      flush
      title="Leaderboard"
      aside={
        data === undefined || shown === data.total
          ? undefined
          : `the first ${shown} of ${numberText(data.total, 'count')}`
      }
    >
      {data === undefined ? (
        query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
            The clips could not be loaded. {query.error.message}
          </ErrorState>
        ) : (
          <SkeletonRows rows={8} />
        )
      ) : shown === 0 ? (
        <EmptyState>No clip is approved yet. The first one shows here as soon as its views are read.</EmptyState>
      ) : (
        <ClipTable clips={data.items} columns={clipColumns(role, campaign)} />
      )}
    </Card>
  );
}

function ClipTable({ clips, columns }: { clips: ClipRow[]; columns: Column<ClipRow>[] }) {
  const list = useRef<HTMLDivElement>(null);
  const { order, waiting, release } = useHeldOrder(
    clips.map((clip) => clip.submissionId),
    list,
  );
  const bySubmission = new Map(clips.map((clip) => [clip.submissionId, clip]));
  const rows = order.flatMap((id) => bySubmission.get(id) ?? []);

  return (
    <div ref={list} className="relative">
      {waiting ? (
        <div className="sticky top-16 z-20 flex h-0 justify-center lg:top-3">
          <Button onClick={release} className="mt-2 rounded-full shadow-black/10 shadow-lg">
            <ArrowUpDown aria-hidden className="size-4" />
            Ranks changed
          </Button>
        </div>
      ) : null}
      <DataTable
        label="Clips by rank"
        columns={columns}
        rows={rows}
        rowKey={(clip) => clip.submissionId}
        rowVersion={(clip) => `${clip.views} ${clip.credited}`}
        sliding
      />
    </div>
  );
}

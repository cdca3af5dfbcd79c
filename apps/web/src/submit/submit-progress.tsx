'use client';

import { ErrorState } from '@clipmeter/ui/error-state';
import { Skeleton } from '@clipmeter/ui/skeleton';
import { ClipThumbnail } from '#src/clip/clip-thumbnail.tsx';
import { StageWord } from '#src/submissions/stage-word.tsx';
import { useLiveStanding } from '#src/submit/use-live-standing.ts';

/** What becomes of a clip that was just submitted, while one watches. */
export function SubmitProgress({ id }: { id: string }) {
  const { query, submission, stage } = useLiveStanding(id);
  if (stage === null) {
    return query.isError ? (
      <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
        It is submitted, but where it stands could not be loaded. {query.error.message}
      </ErrorState>
    ) : (
      <Skeleton className="mt-4 h-16" />
    );
  }
  return (
    <div role="status" className="mt-4 flex items-start gap-3 rounded-lg border bg-sunken/50 p-3">
      {submission === null ? null : (
        <ClipThumbnail
          clipId={submission.clipId}
          platform={submission.platform}
          hasThumbnail={submission.hasThumbnail}
          className="w-12"
        />
      )}
      <div className="min-w-0 text-sm">
        {submission?.title ? <p className="mb-0.5 line-clamp-1 font-medium">{submission.title}</p> : null}
        <StageWord stage={stage} />
        <p className="mt-0.5 text-muted">{stage.sentence}</p>
      </div>
    </div>
  );
}

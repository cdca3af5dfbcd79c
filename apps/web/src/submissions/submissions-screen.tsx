'use client';

import { Button } from '@clipmeter/ui/button';
import { Card } from '@clipmeter/ui/card';
import { classNames } from '@clipmeter/ui/class-names';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { MoreRows } from '@clipmeter/ui/more-rows';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton, SkeletonRows } from '@clipmeter/ui/skeleton';
import { Plus } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { MyLink } from '#src/client/outputs.ts';
import { PageHeader } from '#src/frame/page-header.tsx';
import { PhoneAction } from '#src/frame/phone-action.tsx';
import {
  SHOWN_WORDS,
  SUBMISSIONS_SHOWN,
  type SubmissionsShown,
  statusOf,
  submissionFilterParsers,
} from '#src/submissions/submission-filter.ts';
import { type Again, LinkItem, SubmissionItem } from '#src/submissions/submission-item.tsx';
import { useLiveSubmissions } from '#src/submissions/use-live-submissions.ts';
import { SubmitDialog } from '#src/submit/submit-dialog.tsx';

const EMPTY_WORDS: Record<SubmissionsShown, string> = {
  all: 'You have submitted no clip yet. Paste the link of a video, and follow here what becomes of it.',
  waiting: 'Nothing waits for an answer.',
  approved: 'No clip of yours is approved yet.',
  rejected: 'Nothing was turned down.',
  withdrawn: 'You have taken nothing back.',
  revoked: 'No approval was taken back.',
};

/** Any campaign, as the URL says it. */
const ANY = 'any';

/** What the viewer has submitted, newest first. What is shown lives in the URL. */
export function SubmissionsScreen() {
  const [filter, setFilter] = useQueryStates(submissionFilterParsers);
  const [again, setAgain] = useState<Again | null>(null);
  const { query, counts, links } = useLiveSubmissions(filter);
  const submissions = query.data?.pages.flatMap((page) => page.items);
  const shownLinks = filter.status === 'all' || filter.status === 'waiting' ? openLinks(links.data?.items ?? []) : [];
  const waiting = counts.data?.counts.PENDING;
  const submitAny = () => void setFilter({ submit: ANY });
  return (
    <>
      <PageHeader
        title="Submissions"
        figure={
          waiting === undefined ? <Skeleton className="h-10 w-16" /> : <RollingNumber value={waiting} kind="count" />
        }
        figureLabel="waiting for an answer"
        action={
          <PhoneAction>
            <Button tone="primary" onClick={submitAny}>
              <Plus aria-hidden className="size-4" />
              Submit a clip
            </Button>
          </PhoneAction>
        }
      />
      <fieldset className="mb-4 flex gap-1 overflow-x-auto border-b">
        <legend className="sr-only">Show</legend>
        {SUBMISSIONS_SHOWN.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === filter.status}
            onClick={() => void setFilter({ status: each })}
            className={classNames(
              '-mb-px h-11 whitespace-nowrap border-b-2 px-3 text-sm sm:h-10 pointer-coarse:h-11',
              each === filter.status
                ? 'border-accent font-medium text-ink'
                : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {SHOWN_WORDS[each]}
            <Count shown={each} counts={counts.data?.counts} />
          </button>
        ))}
      </fieldset>
      {submissions === undefined ? (
        query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
            Your submissions could not be loaded. {query.error.message}
          </ErrorState>
        ) : (
          <SkeletonRows rows={6} className="rounded-lg border" />
        )
      ) : (
        <Card flush>
          {submissions.length + shownLinks.length === 0 ? (
            <EmptyState
              action={
                filter.status === 'all' ? (
                  <Button tone="primary" onClick={submitAny}>
                    Submit a clip
                  </Button>
                ) : (
                  <Button onClick={() => void setFilter({ status: null, campaign: null })}>Show all</Button>
                )
              }
            >
              {EMPTY_WORDS[filter.status]}
            </EmptyState>
          ) : (
            <ul aria-label="Submissions" aria-busy={query.isPlaceholderData}>
              {shownLinks.map((link) => (
                <LinkItem key={link.linkId} link={link} onAgain={setAgain} />
              ))}
              {submissions.map((submission) => (
                <SubmissionItem key={submission.submissionId} submission={submission} onAgain={setAgain} />
              ))}
            </ul>
          )}
        </Card>
      )}
      <MoreRows label="Show older" query={query} />
      {again === null ? null : (
        <SubmitDialog campaignId={again.campaignId} link={again.link} onClose={() => setAgain(null)} />
      )}
      {filter.submit === null ? null : (
        <SubmitDialog
          campaignId={filter.submit === ANY ? null : filter.submit}
          onClose={() => void setFilter({ submit: null })}
        />
      )}
    </>
  );
}

interface CountProps {
  shown: SubmissionsShown;
  counts: NonNullable<ReturnType<typeof useLiveSubmissions>['counts']['data']>['counts'] | undefined;
}

function Count({ shown, counts }: CountProps) {
  const status = statusOf(shown);
  const count = status === null ? undefined : counts?.[status];
  if (count === undefined || count === 0) return null;
  return <span className="ml-1.5 text-faint">{count}</span>;
}

const DAY_MS = 24 * 3_600_000;

/** Links that are not submissions yet, and those that failed a short while ago. */
function openLinks(links: MyLink[]): MyLink[] {
  return links.filter(
    ({ status, createdAt }) =>
      status === 'WAITING' || (status === 'FAILED' && Date.now() - Date.parse(createdAt) < DAY_MS),
  );
}

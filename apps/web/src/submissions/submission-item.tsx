'use client';

import { platformName } from '@clipmeter/core/platform';
import { linkStage, type SubmissionStage, submissionStage } from '@clipmeter/core/submission-stage';
import { Age } from '@clipmeter/ui/age';
import { Button } from '@clipmeter/ui/button';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { ExternalLink } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { MyLink, MySubmission } from '#src/client/outputs.ts';
import { ClipThumbnail } from '#src/clip/clip-thumbnail.tsx';
import { StageWord } from '#src/submissions/stage-word.tsx';
import { WithdrawButton } from '#src/submissions/withdraw-button.tsx';

/** A clip to submit once more: its link, and the campaign that it was for. */
export type Again = { link: string; campaignId: string };

interface SubmissionItemProps {
  submission: MySubmission;
  onAgain: (again: Again) => void;
}

/** One submission: what it is, where it stands and why, and what can be done about it. */
export function SubmissionItem({ submission, onAgain }: SubmissionItemProps) {
  const { submissionId, clipId, campaignId, platform, url, status, views } = submission;
  const canAgain = status === 'REJECTED' || status === 'WITHDRAWN';
  return (
    <Row
      id={submissionId}
      picture={<ClipThumbnail clipId={clipId} platform={platform} hasThumbnail={submission.hasThumbnail} />}
      title={
        <a
          href={url}
          target="_blank"
          rel="noreferrer"
          className="inline-flex max-w-full items-baseline gap-1.5 hover:underline pointer-coarse:-my-3 pointer-coarse:py-3"
        >
          <span className="truncate">{submission.title ?? withoutScheme(url)}</span>
          <ExternalLink aria-label="opens the video" className="size-3.5 shrink-0 self-center text-faint" />
        </a>
      }
      about={
        <>
          <span>{platformName(platform)}</span>
          {submission.authorHandle === null ? null : <span>@{submission.authorHandle}</span>}
          <Link href={`/campaigns/${campaignId}`} className="min-w-0 truncate hover:text-ink hover:underline">
            {submission.campaignTitle}
          </Link>
          <Age date={new Date(submission.createdAt)} />
        </>
      }
      stage={submissionStage(submission)}
      figure={
        views === null ? null : (
          <>
            <RollingNumber value={views} kind="count" /> <span className="text-faint">views</span>
          </>
        )
      }
      action={
        status === 'PENDING' ? (
          <WithdrawButton submission={submission} />
        ) : canAgain ? (
          <Button tone="quiet" onClick={() => onAgain({ link: url, campaignId })}>
            Submit again
          </Button>
        ) : (
          <Link
            href={`/clips/${submissionId}`}
            className="inline-flex h-9 items-center px-3.5 text-accent text-sm hover:underline pointer-coarse:h-11"
          >
            See its statement
          </Link>
        )
      }
    />
  );
}

/** A short link that is being followed, or that led nowhere. */
export function LinkItem({ link, onAgain }: { link: MyLink; onAgain: (again: Again) => void }) {
  const { linkId, url, campaignId, status, createdAt } = link;
  return (
    <Row
      id={linkId}
      picture={null}
      title={<span className="block truncate">{withoutScheme(url)}</span>}
      about={<Age date={new Date(createdAt)} />}
      stage={linkStage(link)}
      figure={null}
      action={
        status === 'FAILED' ? (
          <Button tone="quiet" onClick={() => onAgain({ link: '', campaignId })}>
            Submit another link
          </Button>
        ) : null
      }
    />
  );
}

const withoutScheme = (url: string) => url.replace(/^https:\/\/(www\.)?/, '').replace(/\/$/, '');

interface RowProps {
  id: string;
  picture: ReactNode;
  title: ReactNode;
  about: ReactNode;
  stage: SubmissionStage;
  figure: ReactNode;
  action: ReactNode;
}

function Row({ id, picture, title, about, stage, figure, action }: RowProps) {
  return (
    <li data-row={id} className="flex gap-3 border-b px-4 py-3 text-sm last:border-b-0 sm:px-5">
      {picture}
      <div className="grid min-w-0 flex-1 gap-x-6 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:items-center">
        <div className="min-w-0">
          <p className="min-w-0 font-medium">{title}</p>
          <p className="mt-0.5 flex min-w-0 gap-x-2.5 whitespace-nowrap text-[0.8125rem] text-faint max-sm:flex-wrap">
            {about}
          </p>
        </div>
        <div className="min-w-0">
          <StageWord stage={stage} />
          <p className="mt-0.5 text-[0.8125rem] text-muted">{stage.sentence}</p>
        </div>
        <div className="flex items-center justify-between gap-3 sm:w-56 sm:justify-end">
          <span className="whitespace-nowrap">{figure}</span>
          <span className="-mr-3.5 max-sm:-my-2">{action}</span>
        </div>
      </div>
    </li>
  );
}

import { platformName } from '@clipmeter/core/platform';
import { percentText } from '@clipmeter/core/review-warning';
import { Age } from '@clipmeter/ui/age';
import { numberText } from '@clipmeter/ui/number-text';
import { ExternalLink } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ReviewedSubmission } from '#src/client/outputs.ts';
import { ClipThumbnail } from '#src/clip/clip-thumbnail.tsx';
import { decimal } from '#src/format/decimal.ts';
import { engagementWords } from '#src/review/review-columns.tsx';
import { WarningWord } from '#src/review/warning-word.tsx';

const LINK =
  'inline-flex items-center gap-1.5 underline decoration-line-strong underline-offset-4 hover:decoration-ink';

/** What is known of a submission and its video. */
export function ReviewFacts({ data }: { data: ReviewedSubmission }) {
  const { item, terms } = data;
  const notes = [item.heldReason, item.approval?.blocked, item.approvalLapsed, item.readBlocked].filter(
    (note) => note !== null && note !== undefined,
  );
  return (
    <>
      <div className="flex gap-4">
        <ClipThumbnail
          clipId={item.clipId}
          platform={item.platform}
          hasThumbnail={item.hasThumbnail}
          className="w-24"
        />
        <div className="flex min-w-0 flex-col gap-2 text-sm">
          <a href={item.url} target="_blank" rel="noreferrer" className={`${LINK} min-h-9 pointer-coarse:min-h-11`}>
            Watch on {platformName(item.platform)}
            <ExternalLink aria-hidden className="size-3.5" />
          </a>
          {item.authorHandle === null && item.readAt !== null ? null : (
            <p className="text-muted">
              {item.authorHandle === null ? 'Author not known yet' : `by @${item.authorHandle}`}
            </p>
          )}
          <Link href={`/campaigns/${item.campaign.id}`} className={`${LINK} min-h-9 pointer-coarse:min-h-11`}>
            <span className="truncate">{item.campaign.title}</span>
          </Link>
        </div>
      </div>
      {notes.length === 0 && item.warnings.length === 0 ? null : (
        <ul aria-label="To look at" className="mt-4 flex flex-col gap-2.5 rounded-md bg-sunken px-3.5 py-3 text-sm">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
          {item.warnings.map((warning) => (
            <li key={`${warning.kind} ${warning.word}`}>
              <WarningWord warning={warning} />
              <p className="mt-0.5 text-muted">{warning.sentence}</p>
            </li>
          ))}
        </ul>
      )}
      <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 text-sm">
        <Fact name="Views">{item.readAt === null ? 'Not read yet' : numberText(item.views, 'count')}</Fact>
        <Fact name="Engagement">
          {item.engagement.rate === null ? '–' : percentText(item.engagement.rate)}
          <span className="mt-0.5 block text-[0.8125rem] text-muted">{engagementWords(item)}</span>
        </Fact>
        <Fact name="Reactions">
          {[
            [item.likes, 'likes'],
            [item.comments, 'comments'],
            [item.shares, 'shares'],
          ]
            .flatMap(([count, word]) => (typeof count === 'number' ? [`${numberText(count, 'count')} ${word}`] : []))
            .join(' · ') || '–'}
        </Fact>
        <Fact name="Posted">{item.publishedAt === null ? '–' : <Age date={new Date(item.publishedAt)} />}</Fact>
        <Fact name="Last read">{item.readAt === null ? '–' : <Age date={new Date(item.readAt)} />}</Fact>
        {item.approval === null ? null : (
          <Fact name="Approved by">
            {item.approval.by ?? 'an admin'}, <Age date={new Date(item.approval.at)} />
          </Fact>
        )}
        {terms === null ? null : (
          <>
            <Fact name="Counts from">
              {numberText(terms.initialViews, 'count')} {terms.metric}, at{' '}
              {numberText(decimal(terms.ratePer1000), 'usd')} per 1,000
            </Fact>
            <Fact name="Earned">
              {numberText(decimal(data.earned), 'usd')}
              {data.reversed === '0.000000' ? null : (
                <span className="text-muted"> · {numberText(decimal(data.reversed), 'usd')} taken back</span>
              )}
            </Fact>
          </>
        )}
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

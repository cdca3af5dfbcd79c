import { Age, AgeToCome } from '@clipmeter/ui/age';
import type { Column } from '@clipmeter/ui/data-table';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import Link from 'next/link';
import type { OwnClip } from '#src/client/outputs.ts';
import { standingOf } from '#src/clip/clip-facts.ts';
import { ClipStatus } from '#src/clip/clip-status.tsx';
import { decimal } from '#src/format/decimal.ts';
import { growthOf } from '#src/live/clip-rows.ts';

/** A clipper's own clips over all campaigns; each leads to its statement. */
export const MY_CLIP_COLUMNS: Column<OwnClip>[] = [
  {
    id: 'clip',
    header: 'Clip',
    phone: 'lead',
    className: 'sm:max-w-72',
    cell: (clip) => (
      <Link
        href={`/clips/${clip.submissionId}`}
        className="block truncate py-1 hover:underline pointer-coarse:py-2.5"
        title={clip.title ?? clip.url}
      >
        {clip.title ?? 'Untitled clip'}
      </Link>
    ),
  },
  {
    id: 'campaign',
    header: 'Campaign',
    className: 'text-muted max-lg:hidden sm:max-w-48',
    cell: (clip) => (
      <Link href={`/campaigns/${clip.campaignId}`} className="block truncate py-1 hover:text-ink hover:underline">
        {clip.campaignTitle}
      </Link>
    ),
  },
  {
    id: 'state',
    header: 'State',
    phone: 'detail',
    cell: (clip) => <ClipStatus clip={clip} campaign={standingOf(clip)} noted className="max-w-full flex-wrap" />,
  },
  {
    id: 'views',
    header: 'Views',
    align: 'right',
    phone: 'detail-end',
    className: 'max-sm:text-[0.8125rem] max-sm:text-muted',
    cell: (clip) => <RollingNumber value={clip.views} kind="count" />,
  },
  {
    id: 'growth',
    header: 'Counted',
    align: 'right',
    className: 'text-muted max-md:hidden',
    cell: (clip) => <RollingNumber value={Math.max(0, growthOf(clip))} kind="count" />,
  },
  {
    id: 'earned',
    header: 'Earned',
    align: 'right',
    phone: 'lead-end',
    className: 'font-medium',
    cell: (clip) => <RollingNumber value={decimal(clip.credited ?? '0')} kind="usd" />,
  },
  {
    id: 'read',
    header: 'Read',
    align: 'right',
    className: 'whitespace-nowrap text-faint text-[0.8125rem] max-lg:hidden',
    cell: (clip) => (
      <>
        {clip.lastReadAt === null ? 'not read yet' : <Age date={new Date(clip.lastReadAt)} />}
        {clip.nextReadAt === null ? null : <AgeToCome date={new Date(clip.nextReadAt)} prefix=", next " />}
      </>
    ),
  },
];

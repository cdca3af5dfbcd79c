import type { Column } from '@clipmeter/ui/data-table';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import Link from 'next/link';
import { ClipStatus } from '#src/campaign/clip-status.tsx';
import type { Summary } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';

type MyClip = Summary['clips'][number];

/** A clipper's own clips over all campaigns. */
export const MY_CLIP_COLUMNS: Column<MyClip>[] = [
  {
    id: 'clip',
    header: 'Clip',
    phone: 'lead',
    className: 'sm:max-w-80',
    cell: (clip) => (
      <a href={clip.url} target="_blank" rel="noreferrer" className="block truncate py-1 hover:underline">
        {clip.title ?? 'Untitled clip'}
      </a>
    ),
  },
  {
    id: 'campaign',
    header: 'Campaign',
    phone: 'detail',
    className: 'text-muted max-sm:text-[0.8125rem] sm:max-w-56',
    cell: (clip) => (
      <Link href={`/campaigns/${clip.campaignId}`} className="block truncate py-1 hover:text-ink hover:underline">
        {clip.campaignTitle}
      </Link>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    className: 'max-md:hidden',
    cell: (clip) => (
      <span title={clip.approvalBlocked ?? undefined}>
        <ClipStatus clip={clip} campaignStatus={clip.campaignStatus} />
      </span>
    ),
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
    id: 'earned',
    header: 'Earned',
    align: 'right',
    phone: 'lead-end',
    className: 'font-medium',
    cell: (clip) => (clip.credited === null ? '' : <RollingNumber value={decimal(clip.credited)} kind="usd" />),
  },
];

import { platformName } from '@clipmeter/core/platform';
import { Age, AgeToCome } from '@clipmeter/ui/age';
import { classNames } from '@clipmeter/ui/class-names';
import type { Column } from '@clipmeter/ui/data-table';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import type { ClipRow, Viewer } from '#src/client/outputs.ts';
import type { CampaignStanding } from '#src/clip/clip-facts.ts';
import { ClipStatus } from '#src/clip/clip-status.tsx';
import { decimal } from '#src/format/decimal.ts';
import { growthOf } from '#src/live/clip-rows.ts';

const RANK: Column<ClipRow> = {
  id: 'rank',
  header: 'Rank',
  align: 'right',
  phone: 'mark',
  className: 'w-14 text-faint max-sm:w-6',
  cell: (clip) => clip.rank,
};

const HANDLE: Column<ClipRow> = {
  id: 'handle',
  header: 'Account',
  className: 'sm:max-w-48',
  cell: (clip) => (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="min-w-0 truncate font-medium">{handleOf(clip)}</span>
      {clip.mine ? <Yours /> : null}
    </span>
  ),
};

const CLIP: Column<ClipRow> = {
  id: 'clip',
  header: 'Clip',
  phone: 'lead',
  className: 'sm:max-w-64',
  cell: (clip) => (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="shrink-0 font-medium sm:hidden">{handleOf(clip)}</span>
      <a
        href={clip.url}
        target="_blank"
        rel="noreferrer"
        className="min-w-0 truncate py-1 hover:underline max-sm:text-muted"
        title={clip.title ?? clip.url}
      >
        {clip.title ?? 'Untitled clip'}
      </a>
      {clip.mine ? <Yours className="sm:hidden" /> : null}
    </span>
  ),
};

function handleOf(clip: ClipRow): string {
  return clip.authorHandle === null ? 'account not known' : `@${clip.authorHandle}`;
}

function Yours({ className }: { className?: string }) {
  return <span className={classNames('shrink-0 font-medium text-accent text-xs', className)}>yours</span>;
}

const PLATFORM: Column<ClipRow> = {
  id: 'platform',
  header: 'Platform',
  className: 'text-muted max-lg:hidden',
  cell: (clip) => platformName(clip.platform),
};

const CLIPPER: Column<ClipRow> = {
  id: 'clipper',
  header: 'Clipper',
  className: 'text-muted max-lg:hidden',
  cell: (clip) => clip.clipper?.name ?? '',
};

const VIEWS: Column<ClipRow> = {
  id: 'views',
  header: 'Views',
  align: 'right',
  phone: 'lead-end',
  cell: (clip) => <RollingNumber value={clip.views} kind="count" />,
};

const GROWTH: Column<ClipRow> = {
  id: 'growth',
  header: 'Counted',
  align: 'right',
  className: 'text-muted',
  cell: (clip) => (clip.initialViews === null ? '' : <RollingNumber value={growthOf(clip)} kind="count" />),
};

const EARNED: Column<ClipRow> = {
  id: 'earned',
  header: 'Earned',
  align: 'right',
  phone: 'detail-end',
  className: 'font-medium',
  cell: (clip) =>
    clip.credited === null ? (
      <span className="font-normal text-faint max-sm:hidden" title="Only its clipper sees what it earned">
        not shown
      </span>
    ) : (
      <RollingNumber value={decimal(clip.credited)} kind="usd" />
    ),
};

const statusColumn = (campaign: CampaignStanding): Column<ClipRow> => ({
  id: 'status',
  header: 'Status',
  className: 'max-md:hidden',
  cell: (clip) => <ClipStatus clip={clip} campaign={campaign} />,
});

const READ: Column<ClipRow> = {
  id: 'read',
  header: 'Read',
  align: 'right',
  phone: 'detail',
  className: 'whitespace-nowrap text-faint text-[0.8125rem]',
  cell: (clip) => (
    <>
      <span className="sm:hidden">{platformName(clip.platform)} · </span>
      {clip.lastReadAt === null ? 'not read yet' : <Age date={new Date(clip.lastReadAt)} />}
      {clip.nextReadAt === null ? null : (
        <AgeToCome date={new Date(clip.nextReadAt)} prefix=", next " className="max-xl:hidden" />
      )}
    </>
  ),
};

/** Clippers see earnings of their own clips only; admins see whose each clip is. */
export function clipColumns(role: Viewer['role'], campaign: CampaignStanding): Column<ClipRow>[] {
  const status = statusColumn(campaign);
  return role === 'ADMIN'
    ? [RANK, HANDLE, CLIP, PLATFORM, CLIPPER, VIEWS, GROWTH, EARNED, status, READ]
    : [RANK, HANDLE, CLIP, PLATFORM, VIEWS, GROWTH, EARNED, status, READ];
}

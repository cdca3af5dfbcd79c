import { platformName } from '@clipmeter/core/platform';
import { percentText } from '@clipmeter/core/review-warning';
import { Age } from '@clipmeter/ui/age';
import type { Column } from '@clipmeter/ui/data-table';
import { numberText } from '@clipmeter/ui/number-text';
import { StatusWord } from '@clipmeter/ui/status-word';
import { CircleSlash, Clock, type LucideIcon, ShieldQuestionMark } from 'lucide-react';
import type { ReviewItem } from '#src/client/outputs.ts';
import { ClipThumbnail } from '#src/clip/clip-thumbnail.tsx';
import type { QueueRow } from '#src/live/held-queue.ts';
import type { QueueTab } from '#src/review/review-filter.ts';
import { WarningWord } from '#src/review/warning-word.tsx';

type Row = QueueRow<ReviewItem>;

const SINCE: Record<QueueTab, string> = { waiting: 'Submitted', asked: 'Submitted', held: 'On hold' };

/** What an admin sees of a clip before opening it. */
export function reviewColumns(tab: QueueTab, onOpen: (id: string) => void): Column<Row>[] {
  return [
    {
      id: 'clip',
      header: 'Clip',
      phone: 'lead',
      className: 'sm:max-w-72 sm:py-1 sm:align-middle',
      cell: ({ item }) => (
        <span className="flex min-w-0 items-center gap-3">
          <ClipThumbnail
            clipId={item.clipId}
            platform={item.platform}
            hasThumbnail={item.hasThumbnail}
            className="w-6 max-sm:hidden"
          />
          <button
            type="button"
            onClick={() => onOpen(item.submissionId)}
            title={item.title ?? item.url}
            className="min-w-0 truncate text-left hover:underline pointer-coarse:py-2.5"
          >
            {item.title ?? (item.readAt === null ? 'Being read' : 'Untitled clip')}
          </button>
        </span>
      ),
    },
    {
      id: 'clipper',
      header: 'Clipper',
      className: 'max-w-36 truncate sm:align-middle max-md:hidden',
      cell: ({ item }) => (
        <span
          title={item.authorHandle === null ? undefined : `@${item.authorHandle} on ${platformName(item.platform)}`}
        >
          {item.clipper.name}
        </span>
      ),
    },
    {
      id: 'campaign',
      header: 'Campaign',
      className: 'max-w-44 truncate text-muted sm:align-middle max-lg:hidden',
      cell: ({ item }) => item.campaign.title,
    },
    {
      id: 'state',
      header: 'To look at',
      phone: 'detail',
      className: 'sm:max-w-56 sm:align-middle',
      cell: ({ item }) => <ToLookAt item={item} />,
    },
    {
      id: 'views',
      header: 'Views',
      align: 'right',
      phone: 'lead-end',
      className: 'sm:align-middle max-sm:text-[0.8125rem] max-sm:text-muted',
      cell: ({ item }) => (item.readAt === null ? '–' : numberText(item.views, 'count')),
    },
    {
      id: 'engagement',
      header: 'Engagement',
      align: 'right',
      className: 'text-muted sm:align-middle max-md:hidden',
      cell: ({ item }) => <span title={engagementWords(item)}>{rateText(item.engagement.rate)}</span>,
    },
    {
      id: 'age',
      header: 'Posted',
      align: 'right',
      className: 'whitespace-nowrap text-muted sm:align-middle max-xl:hidden',
      cell: ({ item }) => (item.publishedAt === null ? '–' : <Age date={new Date(item.publishedAt)} />),
    },
    {
      id: 'since',
      header: SINCE[tab],
      align: 'right',
      phone: 'detail-end',
      className: 'whitespace-nowrap text-muted sm:align-middle max-sm:text-[0.8125rem]',
      cell: ({ item }) => <Age date={new Date(item.since)} />,
    },
  ];
}

const rateText = (rate: number | null) => (rate === null ? '–' : percentText(rate));

/** Both figures, or why there are none. */
export function engagementWords({ engagement }: Pick<ReviewItem, 'engagement'>): string {
  const { kind, rate, low, high, peers } = engagement;
  if (kind === 'unknown' || rate === null) return 'The platform does not say how it is received.';
  if (kind === 'too_few' || low === null || high === null)
    return `Too few to compare: ${peers} clips of like age are known, 30 are needed.`;
  return `98 of 100 clips of like age have ${percentText(low)} to ${percentText(high)} (${numberText(peers, 'count')} compared).`;
}

/** The state of the clip's approval, then its gravest warning and how many more there are. */
function ToLookAt({ item }: { item: ReviewItem }) {
  const [first, ...more] = item.warnings;
  const state = stateOf(item);
  const others = state === null ? more.length : item.warnings.length;
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      {state === null ? null : (
        <StatusWord icon={state.icon} tone="warn" title={state.sentence} className="min-w-0 truncate">
          {state.word}
        </StatusWord>
      )}
      {state === null && first !== undefined ? <WarningWord warning={first} /> : null}
      {state === null && first === undefined ? (
        <span className="text-faint text-[0.8125rem]">Nothing unusual</span>
      ) : null}
      {others === 0 ? null : (
        <span
          className="whitespace-nowrap text-faint text-xs"
          title={item.warnings.map(({ sentence }) => sentence).join(' ')}
        >
          {state === null ? `+${others}` : `${others} to look at`}
        </span>
      )}
    </span>
  );
}

function stateOf(item: ReviewItem): { icon: LucideIcon; word: string; sentence: string } | null {
  if (item.heldReason !== null) return { icon: ShieldQuestionMark, word: 'On hold', sentence: item.heldReason };
  if (item.approval?.blocked != null) return { icon: Clock, word: 'Cannot be read', sentence: item.approval.blocked };
  if (item.approval !== null)
    return { icon: Clock, word: 'Being read', sentence: 'It counts from the read that is under way.' };
  if (item.approvalLapsed !== null) return { icon: CircleSlash, word: 'Ask again', sentence: item.approvalLapsed };
  if (item.readBlocked !== null) return { icon: Clock, word: 'Not read yet', sentence: item.readBlocked };
  return null;
}

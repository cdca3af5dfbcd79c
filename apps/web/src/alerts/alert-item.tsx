import { isNoticeKind, type NoticeGroup, noticeGroupOf } from '@clipmeter/core/notice-kind';
import { Age } from '@clipmeter/ui/age';
import { classNames } from '@clipmeter/ui/class-names';
import { BadgeCheck, Banknote, Check, Clapperboard, Flag, Gauge, Info, type LucideIcon, Megaphone } from 'lucide-react';
import Link from 'next/link';
import type { AlertRow } from '#src/client/outputs.ts';

const ICONS: Record<NoticeGroup, LucideIcon> = {
  submissions: Clapperboard,
  verification: BadgeCheck,
  campaign_started: Megaphone,
  budget: Gauge,
  campaign_completed: Flag,
  payouts: Banknote,
  system: Info,
};

/** One notice: following it reads it, and it can be read without leaving the page. */
export function AlertItem({ alert, onRead }: { alert: AlertRow; onRead: () => void }) {
  const { kind, title, body, link, readAt, createdAt } = alert;
  const Icon = isNoticeKind(kind) ? ICONS[noticeGroupOf(kind)] : Info;
  const isUnread = readAt === null;
  const words = (
    <>
      <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', isUnread ? 'text-accent' : 'text-faint')} />
      <span className="min-w-0 flex-1">
        <span className={classNames('block break-words', isUnread && 'font-medium')}>
          {isUnread ? <span className="sr-only">Unread: </span> : null}
          {title}
        </span>
        <span className="mt-0.5 block break-words text-muted">{body}</span>
        <Age date={new Date(createdAt)} className="mt-0.5 block text-[0.8125rem] text-faint" />
      </span>
    </>
  );
  const shape = 'flex min-h-14 min-w-0 flex-1 items-start gap-3 px-4 py-3 text-sm sm:px-5';
  return (
    <li data-row={alert.id} className="flex items-start border-b last:border-b-0 hover:bg-sunken/50">
      {link === null ? (
        <div className={shape}>{words}</div>
      ) : (
        <Link href={link} onClick={onRead} className={shape}>
          {words}
        </Link>
      )}
      {isUnread ? (
        <button
          type="button"
          aria-label={`Mark “${title}” as read`}
          title="Mark as read"
          onClick={onRead}
          className="m-1 grid size-11 shrink-0 place-items-center rounded-md text-faint hover:bg-sunken hover:text-ink"
        >
          <Check aria-hidden className="size-4" />
        </button>
      ) : null}
    </li>
  );
}

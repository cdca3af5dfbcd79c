import { Age } from '@clipmeter/ui/age';
import { Bot, CircleDollarSign, type LucideIcon, UserRound } from 'lucide-react';
import Link from 'next/link';
import type { Activity } from '#src/client/outputs.ts';
import { activityPath, activityWords, namesSubject } from '#src/overview/activity-words.ts';

const ICONS: Record<Activity['kind'], LucideIcon> = { act: UserRound, change: Bot, money: CircleDollarSign };
const KINDS: Record<Activity['kind'], string> = {
  act: 'Somebody did',
  change: 'Changed by the tracker',
  money: 'Credit',
};

/** One line of the feed, in a sentence that leads to its subject. */
export function ActivityItem({ item }: { item: Activity }) {
  const Icon = ICONS[item.kind];
  const { before, after } = activityWords(item);
  const needsSpace = after !== '' && !/^[ :,]/.test(after);
  return (
    <li className="flex min-h-11 items-start gap-3 border-b px-4 py-2.5 text-sm last:border-b-0 sm:px-5">
      <Icon aria-label={KINDS[item.kind]} role="img" className="mt-0.5 size-4 shrink-0 text-faint" />
      <p className="min-w-0 flex-1 break-words leading-5">
        {before}
        {before === '' || !namesSubject(item) ? '' : ' '}
        {namesSubject(item) ? <Subject item={item} /> : null}
        {needsSpace ? ' ' : ''}
        <span className="text-muted">{after}</span>
      </p>
      <Age date={new Date(item.at)} className="shrink-0 whitespace-nowrap text-[0.8125rem] text-faint leading-5" />
    </li>
  );
}

function Subject({ item }: { item: Activity }) {
  const name = item.subjectName ?? item.subjectId.slice(0, 8);
  const href = activityPath(item);
  if (href === null) return <span className="font-medium">{name}</span>;
  return (
    <Link
      href={href}
      className="font-medium underline decoration-line-strong underline-offset-4 hover:decoration-current"
    >
      {name}
    </Link>
  );
}

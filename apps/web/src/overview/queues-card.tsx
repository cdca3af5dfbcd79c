import { Card } from '@clipmeter/ui/card';
import { classNames } from '@clipmeter/ui/class-names';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import Link from 'next/link';
import type { Overview } from '#src/client/outputs.ts';

/** What waits, each with the way there. What waits for an admin stands out; the rest goes on by itself. */
export function QueuesCard({ overview }: { overview: Overview | undefined }) {
  return (
    <Card flush title="Waiting">
      {overview === undefined ? (
        <SkeletonRows rows={5} />
      ) : (
        <ul>
          {rowsOf(overview).map(({ name, href, count, isYours }) => (
            <li key={name} className="border-b last:border-b-0">
              <Link
                href={href}
                className="flex min-h-11 items-center justify-between gap-4 px-4 text-sm hover:bg-sunken/50 sm:min-h-10 sm:px-5 pointer-coarse:min-h-11"
              >
                <span className={classNames(count === 0 && 'text-muted')}>{name}</span>
                <RollingNumber
                  value={count}
                  kind="count"
                  className={classNames('font-medium', isYours && count > 0 ? 'text-accent' : 'text-muted')}
                />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

interface QueueRow {
  name: string;
  href: string;
  count: number;
  /** Nothing happens until an admin acts. */
  isYours: boolean;
}

const rowsOf = ({ queues, campaigns }: Overview): QueueRow[] => [
  { name: 'Submissions to review', href: '/review', count: queues.waiting, isYours: true },
  { name: 'Clips on hold', href: '/review?show=held', count: queues.held, isYours: true },
  { name: 'Approved, waiting for the first read', href: '/review?show=asked', count: queues.asked, isYours: false },
  { name: 'Campaigns running', href: '/campaigns', count: campaigns.active, isYours: false },
  { name: 'Campaigns paused', href: '/campaigns', count: campaigns.paused, isYours: false },
  {
    name: 'Drafts and scheduled',
    href: '/campaigns?show=upcoming',
    count: campaigns.drafts + campaigns.scheduled,
    isYours: false,
  },
];

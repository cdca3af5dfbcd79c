'use client';

import { classNames } from '@clipmeter/ui/class-names';
import { Bell as BellIcon } from 'lucide-react';
import Link from 'next/link';
import { trpc } from '#src/client/trpc.ts';

/** The way to the alerts, with how many are unread; the number is kept by `useLiveUnread`. */
export function Bell({ className }: { className?: string }) {
  return (
    <Link
      href="/alerts"
      title="Alerts"
      className={classNames(
        'relative grid size-11 shrink-0 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink',
        className,
      )}
    >
      <BellIcon aria-hidden className="size-5 lg:size-4" />
      <span className="sr-only">Alerts</span>
      <UnreadBadge className="absolute top-1 right-1 lg:top-0 lg:right-0" />
    </Link>
  );
}

/** How many notices are unread, on something that says what they are; nothing when there are none. */
export function UnreadBadge({ className }: { className?: string }) {
  const unread = trpc.notifications.unread.useQuery().data?.unread ?? 0;
  if (unread === 0) return null;
  return (
    <span
      className={classNames(
        'min-w-4 rounded-full bg-accent px-1 text-center font-medium text-[0.6875rem] text-on-accent tabular-nums leading-4',
        className,
      )}
    >
      <span className="sr-only">, </span>
      {unread > 99 ? '99+' : unread}
      <span className="sr-only"> unread</span>
    </span>
  );
}

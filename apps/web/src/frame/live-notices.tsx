'use client';

import { Notice } from '@clipmeter/ui/notice';
import { clockText } from '@clipmeter/ui/time-text';
import { type ToastMessage, Toasts } from '@clipmeter/ui/toasts';
import { skipToken } from '@tanstack/react-query';
import { Clock } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { useConnection, usePollInterval } from '#src/client/use-connection.ts';
import { useLiveUnread } from '#src/frame/use-live-unread.ts';
import type { Payload } from '#src/live/page-event.ts';
import { applyPlatform, lateSentence } from '#src/live/platform-list.ts';

/**
 * What every page of the frame says: which platforms are late, and what has just happened to the viewer. Its
 * subscription keeps the socket open wherever the viewer is.
 */
export function LiveNotices() {
  const utils = trpc.useUtils();
  const [messages, setMessages] = useState<ToastMessage[]>([]);
  const status = trpc.platforms.status.useQuery(undefined, { refetchInterval: usePollInterval() });
  const cursor = status.data?.cursor;
  useLiveUnread();

  // A socket refused twice may mean that the session has ended: only the web's answer can tell.
  const { attempt } = useConnection();
  const { refetch } = status;
  useEffect(() => {
    if (attempt === 2) void refetch();
  }, [attempt, refetch]);

  trpc.live.me.useSubscription(
    cursor === undefined ? skipToken : { lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        if (event.type === 'notification.created') setMessages((shown) => withMessage(shown, event.payload));
        if (event.type !== 'platform.changed') return;
        utils.platforms.status.setData(undefined, (data) =>
          data === undefined ? data : { ...data, platforms: applyPlatform(data.platforms, event.payload) },
        );
      },
      onReset: () => void utils.platforms.status.invalidate(),
    }),
  );

  const late = status.data?.platforms.filter((platform) => platform.status !== 'OK') ?? [];
  return (
    <>
      {late.length === 0 ? null : (
        <div className="mb-6 flex flex-col gap-2">
          {late.map((platform) => (
            <Notice key={platform.platform} tone="warn" icon={Clock}>
              {lateSentence(platform, clockText)}
            </Notice>
          ))}
        </div>
      )}
      <Toasts
        messages={messages}
        onClose={(id) => setMessages((shown) => shown.filter((message) => message.id !== id))}
      />
    </>
  );
}

const SHOWN_MAX = 3;

/** The newest few; a notification that came twice is one. */
function withMessage(
  shown: ToastMessage[],
  { id, title, body, link }: Payload<'notification.created'>,
): ToastMessage[] {
  if (shown.some((message) => message.id === id)) return shown;
  const message = { id, title, body, ...(link === null ? {} : { action: <SeeLink href={link} /> }) };
  return [...shown, message].slice(-SHOWN_MAX);
}

function SeeLink({ href }: { href: string }) {
  return (
    <Link href={href} className="text-accent hover:underline">
      Show
    </Link>
  );
}

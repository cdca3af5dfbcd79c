'use client';

import { Notice } from '@clipmeter/ui/notice';
import { clockText } from '@clipmeter/ui/time-text';
import { skipToken } from '@tanstack/react-query';
import { Clock } from 'lucide-react';
import { useEffect } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { useConnection, usePollInterval } from '#src/client/use-connection.ts';
import { applyPlatform, lateSentence } from '#src/live/platform-list.ts';

/** A line for each platform that is late. Its subscription also keeps the socket open on every page of the frame. */
export function LatePlatforms() {
  const utils = trpc.useUtils();
  const status = trpc.platforms.status.useQuery(undefined, { refetchInterval: usePollInterval() });
  const cursor = status.data?.cursor;

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
        if (event.type !== 'platform.changed') return;
        utils.platforms.status.setData(undefined, (data) =>
          data === undefined ? data : { ...data, platforms: applyPlatform(data.platforms, event.payload) },
        );
      },
      onReset: () => void utils.platforms.status.invalidate(),
    }),
  );

  const late = status.data?.platforms.filter((platform) => platform.status !== 'OK') ?? [];
  if (late.length === 0) return null;
  return (
    <div className="mb-6 flex flex-col gap-2">
      {late.map((platform) => (
        <Notice key={platform.platform} tone="warn" icon={Clock}>
          {lateSentence(platform, clockText)}
        </Notice>
      ))}
    </div>
  );
}

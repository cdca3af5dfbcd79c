import type { ReactNode } from 'react';
import { Providers } from '#src/client/providers.tsx';
import { Frame } from '#src/frame/frame.tsx';
import { requestsOpenPath } from '#src/server/open-path.ts';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';
import { currentSession } from '#src/server/session.ts';
import { socketAddress } from '#src/server/socket-address.ts';
import { viewsAreSimulated } from '#src/server/views-source.ts';

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  // A campaign's share link: its page shows strangers a preview of its own.
  if ((await currentSession()).viewer === null && (await requestsOpenPath())) return children;
  const viewer = await requireViewer();
  const { trpc, HydrateClient } = await prefetcher();
  await Promise.all([trpc.platforms.status.prefetch(), trpc.notifications.unread.prefetch()]);
  return (
    <Providers socket={socketAddress()}>
      <HydrateClient>
        <Frame viewer={viewer} simulated={await viewsAreSimulated()}>
          {children}
        </Frame>
      </HydrateClient>
    </Providers>
  );
}

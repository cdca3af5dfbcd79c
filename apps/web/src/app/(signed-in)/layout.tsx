import type { ReactNode } from 'react';
import { Providers } from '#src/client/providers.tsx';
import { Frame } from '#src/frame/frame.tsx';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';
import { socketAddress } from '#src/server/socket-address.ts';
import { viewsAreSimulated } from '#src/server/views-source.ts';

export default async function SignedInLayout({ children }: { children: ReactNode }) {
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

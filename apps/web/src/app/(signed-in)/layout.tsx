import type { ReactNode } from 'react';
import { Providers } from '#src/client/providers.tsx';
import { Frame } from '#src/frame/frame.tsx';
import { requireViewer } from '#src/server/require-viewer.ts';
import { socketAddress } from '#src/server/socket-address.ts';
import { viewsAreSimulated } from '#src/server/views-source.ts';

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer();
  return (
    <Providers socket={socketAddress()}>
      <Frame viewer={viewer} simulated={await viewsAreSimulated()}>
        {children}
      </Frame>
    </Providers>
  );
}

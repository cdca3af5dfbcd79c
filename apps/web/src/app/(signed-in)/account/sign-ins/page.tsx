import type { Metadata } from 'next';
import { SignInsScreen } from '#src/account/sign-ins-screen.tsx';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Sign-ins' };

export default async function SignInsPage() {
  await requireViewer();
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.account.signIns.prefetch();
  return (
    <HydrateClient>
      <SignInsScreen />
    </HydrateClient>
  );
}

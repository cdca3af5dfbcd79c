import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PersonScreen } from '#src/people/person-screen.tsx';
import { isNotFound } from '#src/server/is-not-found.ts';
import { requireAdmin } from '#src/server/require-viewer.ts';
import { prefetcher, serverCaller } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Person' };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireAdmin();
  const { id } = await params;
  try {
    await (await serverCaller()).people.byId({ id });
  } catch (error) {
    if (isNotFound(error)) notFound();
    throw error;
  }
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.people.byId.prefetch({ id });
  return (
    <HydrateClient>
      <PersonScreen id={id} viewer={viewer} />
    </HydrateClient>
  );
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ClipScreen } from '#src/clip/clip-screen.tsx';
import { statementInput } from '#src/clip/statement-input.ts';
import { isNotFound } from '#src/server/is-not-found.ts';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher, serverCaller } from '#src/server/server-trpc.ts';

interface ClipPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: ClipPageProps): Promise<Metadata> {
  const { id } = await params;
  return { title: (await clipOf(id))?.title ?? 'Clip' };
}

export default async function ClipPage({ params }: ClipPageProps) {
  const viewer = await requireViewer();
  const { id } = await params;
  if ((await clipOf(id)) === undefined) notFound();
  const { trpc, HydrateClient } = await prefetcher();
  await Promise.all([trpc.clips.byId.prefetch({ id }), trpc.clips.statement.prefetchInfinite(statementInput(id))]);
  return (
    <HydrateClient>
      <ClipScreen id={id} role={viewer.role} />
    </HydrateClient>
  );
}

/** Undefined when there is no such clip, or it is somebody else's. Other failures are the page's. */
async function clipOf(id: string) {
  try {
    return (await (await serverCaller()).clips.byId({ id })).clip;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

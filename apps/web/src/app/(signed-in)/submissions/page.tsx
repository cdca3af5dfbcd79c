import type { Metadata } from 'next';
import { requireViewer } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';
import { loadSubmissionFilter, submissionListInput } from '#src/submissions/submission-filter.ts';
import { SubmissionsScreen } from '#src/submissions/submissions-screen.tsx';

export const metadata: Metadata = { title: 'Submissions' };

interface SubmissionsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SubmissionsPage({ searchParams }: SubmissionsPageProps) {
  await requireViewer();
  const { trpc, HydrateClient } = await prefetcher();
  await Promise.all([
    trpc.mySubmissions.list.prefetchInfinite(submissionListInput(await loadSubmissionFilter(searchParams))),
    trpc.mySubmissions.counts.prefetch(),
    trpc.submissions.links.prefetch(),
  ]);
  return (
    <HydrateClient>
      <SubmissionsScreen />
    </HydrateClient>
  );
}

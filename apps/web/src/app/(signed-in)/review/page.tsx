import type { Metadata } from 'next';
import { decisionsInput, loadReviewFilter, queueInput } from '#src/review/review-filter.ts';
import { ReviewScreen } from '#src/review/review-screen.tsx';
import { requireAdmin } from '#src/server/require-viewer.ts';
import { prefetcher } from '#src/server/server-trpc.ts';

export const metadata: Metadata = { title: 'Review' };

interface ReviewPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ReviewPage({ searchParams }: ReviewPageProps) {
  const { userId } = await requireAdmin();
  const filter = await loadReviewFilter(searchParams);
  const { trpc, HydrateClient } = await prefetcher();
  const input = queueInput(filter);
  await Promise.all([
    input === null
      ? trpc.review.decisions.prefetchInfinite(decisionsInput(filter))
      : trpc.review.queue.prefetchInfinite(input),
    trpc.review.counts.prefetch(),
  ]);
  return (
    <HydrateClient>
      <ReviewScreen viewerId={userId} />
    </HydrateClient>
  );
}

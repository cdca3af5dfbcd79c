'use client';

import { Card } from '@clipmeter/ui/card';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { MoreRows } from '@clipmeter/ui/more-rows';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { StatementEntry } from '#src/clip/statement-entry.tsx';
import type { useLiveClip } from '#src/clip/use-live-clip.ts';

/** Every credit, newest first; each opens to what it is made of. */
export function StatementCard({ query }: { query: ReturnType<typeof useLiveClip>['statement'] }) {
  const lines = query.data?.pages.flatMap((page) => page.items);
  return (
    <Card flush title="Statement" aside="every credit; open one for its arithmetic">
      {lines === undefined ? (
        query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
            The statement could not be loaded. {query.error.message}
          </ErrorState>
        ) : (
          <SkeletonRows rows={6} />
        )
      ) : lines.length === 0 ? (
        <EmptyState>Nothing was credited yet. The first credit shows here with the two reads it comes from.</EmptyState>
      ) : (
        <>
          <ul aria-label="Credits">
            {lines.map((line) => (
              <StatementEntry key={line.entryId} line={line} />
            ))}
          </ul>
          <MoreRows label="Show earlier credits" query={query} inCard />
          <p className="border-t px-4 py-3 text-[0.8125rem] text-faint sm:px-5">
            Earned in all is growth × rate ÷ 1,000, cut to a millionth of a dollar. A credit is what was earned in all
            less what was credited before, so rounding never adds up and a view is never paid twice.
          </p>
        </>
      )}
    </Card>
  );
}

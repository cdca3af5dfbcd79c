'use client';

import { Button } from '#src/button.tsx';
import { classNames } from '#src/class-names.ts';

interface MoreRowsProps {
  /** What the button says: "Show older". */
  label: string;
  /** A list that comes page by page, as react-query has it. */
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    fetchNextPage: () => unknown;
  };
  /** Within the list's card, below its last row. */
  inCard?: boolean;
}

/** The next page of a list, if there is one, and why it did not come. */
export function MoreRows({ label, query, inCard = false }: MoreRowsProps) {
  if (!query.hasNextPage) return null;
  return (
    <div className={classNames('flex flex-col items-center gap-2', inCard ? 'border-t p-3' : 'mt-6')}>
      {query.isFetchNextPageError ? (
        <p role="alert" className="text-bad text-sm">
          The next ones could not be loaded. Try again.
        </p>
      ) : null}
      <Button onClick={() => void query.fetchNextPage()} pending={query.isFetchingNextPage}>
        {label}
      </Button>
    </div>
  );
}

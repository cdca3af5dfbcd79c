'use client';

import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#src/button.tsx';

interface ErrorStateProps {
  /** What failed, in a sentence. */
  children: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
}

export function ErrorState({ children, onRetry, retrying = false }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-start gap-4 px-4 py-10 sm:px-5">
      <p className="flex max-w-prose items-start gap-2 text-sm">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
        <span>{children}</span>
      </p>
      {onRetry === undefined ? null : (
        <Button onClick={onRetry} pending={retrying}>
          Try again
        </Button>
      )}
    </div>
  );
}

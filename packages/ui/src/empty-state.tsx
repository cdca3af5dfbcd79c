import type { ReactNode } from 'react';

/** Nothing is here: one sentence, and the next step if there is one. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-4 px-4 py-10 sm:px-5">
      <p className="max-w-prose text-muted text-sm">{children}</p>
      {action}
    </div>
  );
}

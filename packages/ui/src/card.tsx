import type { ReactNode } from 'react';
import { classNames } from '#src/class-names.ts';

interface CardProps {
  title?: ReactNode;
  /** Stands at the right of the title: a count, a sentence, a control. */
  aside?: ReactNode;
  /** Without padding: a table that reaches the edges. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A surface with a hairline. Never put one inside another. */
export function Card({ title, aside, flush = false, className, children }: CardProps) {
  return (
    <section className={classNames('rounded-lg border bg-surface', className)}>
      {title === undefined ? null : (
        <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-4 py-2 sm:px-5">
          <h2 className="font-medium text-[0.9375rem]">{title}</h2>
          {aside === undefined ? null : <div className="text-faint text-sm">{aside}</div>}
        </div>
      )}
      <div className={flush ? undefined : 'p-4 sm:p-5'}>{children}</div>
    </section>
  );
}

import type { ReactNode } from 'react';

interface PageHeaderProps {
  title: string;
  /** Above the title: where one is. */
  over?: ReactNode;
  /** The one number that matters here, and what it is. */
  figure?: ReactNode;
  figureLabel?: string;
  /** The one primary action. */
  action?: ReactNode;
}

/** A page is a title with its one number, its one action at the right, then content. */
export function PageHeader({ title, over, figure, figureLabel, action }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="min-w-0">
        {over === undefined ? null : <div className="mb-1.5 text-[0.8125rem] text-faint">{over}</div>}
        <h1 className="text-balance font-semibold text-2xl tracking-tight">{title}</h1>
        {figure === undefined ? null : (
          <div className="mt-3">
            <div className="font-semibold text-[2rem] leading-tight tracking-tight sm:text-4xl">{figure}</div>
            <span className="text-[0.8125rem] text-muted">{figureLabel}</span>
          </div>
        )}
      </div>
      {action}
    </header>
  );
}

import type { ReactNode } from 'react';

export interface MessageProps {
  /** "404": small, above the title. */
  code?: string;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** Says what happened, and the way on. */
export function Message({ code, title, children, action }: MessageProps) {
  return (
    <div className="max-w-md py-10">
      {code === undefined ? null : <p className="font-mono text-faint text-sm">{code}</p>}
      <h1 className="mt-2 text-balance font-semibold text-2xl tracking-tight">{title}</h1>
      <div className="mt-2 text-muted text-sm leading-6">{children}</div>
      {action === undefined ? null : <div className="mt-6 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}

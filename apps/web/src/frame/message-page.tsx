import Link from 'next/link';
import type { ReactNode } from 'react';
import { Wordmark } from '#src/frame/wordmark.tsx';

interface MessagePageProps {
  /** "404": small, above the title. */
  code?: string;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** A page that only says something: what happened, and the way on. */
export function MessagePage({ code, title, children, action }: MessagePageProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-4 py-8 sm:px-6">
      <Link href="/" className="self-start rounded-md">
        <Wordmark />
      </Link>
      <div className="my-auto py-10">
        {code === undefined ? null : <p className="font-mono text-faint text-sm">{code}</p>}
        <h1 className="mt-2 text-balance font-semibold text-2xl tracking-tight">{title}</h1>
        <div className="mt-2 text-muted text-sm leading-6">{children}</div>
        {action === undefined ? null : <div className="mt-6 flex flex-wrap gap-2">{action}</div>}
      </div>
    </main>
  );
}

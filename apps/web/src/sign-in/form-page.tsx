import Link from 'next/link';
import type { ReactNode } from 'react';
import { Wordmark } from '#src/frame/wordmark.tsx';

/** A page with one form: its title, a sentence if there is one, the fields, and the other way in. */
export function FormPage({
  title,
  sentence,
  children,
  below,
}: {
  title: string;
  sentence?: ReactNode;
  children: ReactNode;
  below?: ReactNode;
}) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[24rem] flex-col px-4 py-8">
      <Link href="/" className="self-start rounded-md">
        <Wordmark />
      </Link>
      <div className="my-auto py-10">
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        {sentence === undefined ? null : <div className="mt-2 text-muted text-sm leading-6">{sentence}</div>}
        <div className="mt-6">{children}</div>
        {below === undefined ? null : <p className="mt-5 text-muted text-sm">{below}</p>}
      </div>
    </main>
  );
}

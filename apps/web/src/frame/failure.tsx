'use client';

import { Button } from '@clipmeter/ui/button';

/** The number by which the server's log line is found; nothing internal. */
function digestOf(error: unknown): string | undefined {
  return error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : undefined;
}

/** What a page says that failed: what it means, its number, another try. */
export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = digestOf(error);
  return (
    <div role="alert" className="mx-auto max-w-md px-4 py-16">
      <p className="font-mono text-faint text-sm">500</p>
      <h1 className="mt-2 font-semibold text-2xl tracking-tight">This page could not be shown</h1>
      <p className="mt-2 text-muted text-sm leading-6">
        The failure is on our side and is logged. Money and views are kept elsewhere: nothing of them is lost.
        {digest === undefined ? null : (
          <>
            {' '}
            If it happens again, tell us this number: <code className="font-mono text-ink">{digest}</code>
          </>
        )}
      </p>
      <Button tone="primary" className="mt-6" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}

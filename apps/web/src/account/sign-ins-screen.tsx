'use client';

import { Age } from '@clipmeter/ui/age';
import { Button } from '@clipmeter/ui/button';
import { Card } from '@clipmeter/ui/card';
import { Dialog } from '@clipmeter/ui/dialog';
import { ErrorState } from '@clipmeter/ui/error-state';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { type LucideIcon, Monitor, MonitorX, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { useLiveSignIns } from '#src/account/use-live-account.ts';
import type { SignIn } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { PageHeader } from '#src/frame/page-header.tsx';

/** Where the viewer is signed in, and the way to end each. */
export function SignInsScreen() {
  const query = useLiveSignIns();
  const items = query.data?.items;
  const others = items?.filter((signIn) => !signIn.isThis) ?? [];
  return (
    <>
      <PageHeader title="Sign-ins" action={others.length === 0 ? null : <EndOthers count={others.length} />} />
      {items === undefined ? (
        <Unloaded query={query} />
      ) : (
        <Card flush className="max-w-3xl">
          <ul aria-label="Sign-ins">
            {items.map((signIn) => (
              <SignInRow key={signIn.id} signIn={signIn} />
            ))}
          </ul>
        </Card>
      )}
      <p className="mt-4 max-w-prose text-muted text-sm">
        What ends here is closed within a second, wherever it is open. One you do not know? End it, and change your
        password.
      </p>
    </>
  );
}

function Unloaded({ query }: { query: ReturnType<typeof useLiveSignIns> }) {
  if (!query.isError) return <SkeletonRows rows={3} className="max-w-3xl rounded-lg border" />;
  return (
    <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
      Your sign-ins could not be loaded. {query.error.message}
    </ErrorState>
  );
}

const ICONS: Record<SignIn['kind'], LucideIcon> = { phone: Smartphone, computer: Monitor, unknown: MonitorX };

function SignInRow({ signIn }: { signIn: SignIn }) {
  const utils = trpc.useUtils();
  const end = trpc.account.endSession.useMutation({ onSettled: () => utils.account.signIns.invalidate() });
  const { id, kind, device, address, since, isThis } = signIn;
  const Icon = ICONS[kind];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-3 last:border-b-0 sm:px-5">
      <Icon aria-hidden className="size-5 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="text-sm">
          <span className="font-medium">{device}</span>
          {isThis ? <span className="ml-2 text-good text-[0.8125rem]">this one</span> : null}
        </p>
        <p className="text-[0.8125rem] text-faint">
          signed in <Age date={new Date(since)} />
          {address === null ? null : <span className="break-all"> from {address}</span>}
        </p>
        {end.error === null ? null : (
          <p role="alert" className="text-[0.8125rem] text-bad">
            {end.error.message}
          </p>
        )}
      </div>
      {isThis ? null : (
        <Button aria-label={`End the sign-in of ${device}`} pending={end.isPending} onClick={() => end.mutate({ id })}>
          End
        </Button>
      )}
    </li>
  );
}

function EndOthers({ count }: { count: number }) {
  const [open, setOpen] = useState(false);
  const utils = trpc.useUtils();
  const end = trpc.account.endOtherSessions.useMutation({
    onSuccess: async () => {
      setOpen(false);
      await utils.account.signIns.invalidate();
    },
  });
  const words = count === 1 ? 'the other one' : `all ${count} others`;
  return (
    <>
      <Button onClick={() => setOpen(true)}>End {words}</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`End ${words}`}
        description="You stay signed in here. Everywhere else you have to sign in again."
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep them</Button>
            <Button tone="danger" pending={end.isPending} onClick={() => end.mutate()}>
              End {words}
            </Button>
          </>
        }
      >
        {end.error === null ? null : (
          <p role="alert" className="mt-3 text-bad text-sm">
            {end.error.message}
          </p>
        )}
      </Dialog>
    </>
  );
}

'use client';

import { platformName } from '@clipmeter/core/platform';
import { Age } from '@clipmeter/ui/age';
import { Button } from '@clipmeter/ui/button';
import { Card } from '@clipmeter/ui/card';
import { classNames } from '@clipmeter/ui/class-names';
import { useState } from 'react';
import type { SocialAccountRow } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { useStanding } from '#src/social/account-standing.ts';
import { AccountStateWord } from '#src/social/account-state-word.tsx';
import { ProfileLink, ProofSteps } from '#src/social/proof-steps.tsx';
import { RemoveAccountDialog } from '#src/social/remove-account-dialog.tsx';

interface AccountCardProps {
  account: SocialAccountRow;
  simulatorUrl: string | null;
  onChanged: (account: SocialAccountRow, removed?: boolean) => void;
}

/** One account: how far it is from being proved, why, and what to do. */
export function AccountCard({ account, simulatorUrl, onChanged }: AccountCardProps) {
  const { accountId: id, platform, handle, displayName, verifiedAt, checkedAt } = account;
  const state = useStanding(account);
  const [removing, setRemoving] = useState(false);
  const verify = trpc.socialAccounts.verify.useMutation({ onSuccess: (changed) => onChanged(changed) });
  const renew = trpc.socialAccounts.renewCode.useMutation({ onSuccess: (changed) => onChanged(changed) });
  const failure = verify.error ?? renew.error;
  const isVerified = state.name === 'verified';

  return (
    <Card
      title={
        <span className="inline-flex flex-wrap items-baseline gap-x-2">
          <span className="break-all">@{handle}</span>
          <span className="font-normal text-faint text-sm">
            {platformName(platform)}
            {displayName === null || displayName === handle ? null : ` · ${displayName}`}
          </span>
        </span>
      }
      aside={<AccountStateWord state={state} />}
    >
      <div className="flex flex-col gap-5">
        <div role="status" className="text-sm">
          <p className={classNames('max-w-prose', isVerified && 'text-muted')}>
            {/* The word too: it is what changes while one waits. */}
            <span className="sr-only">{state.word}: </span>
            {state.sentence}
          </p>
          {verifiedAt === null ? null : (
            <Age date={new Date(verifiedAt)} prefix="verified " className="mt-1 block text-[0.8125rem] text-faint" />
          )}
          {verifiedAt === null && checkedAt !== null && state.name !== 'reading' ? (
            <Age date={new Date(checkedAt)} prefix="looked " className="mt-1 block text-[0.8125rem] text-faint" />
          ) : null}
        </div>
        {isVerified ? null : <ProofSteps account={account} state={state} simulatorUrl={simulatorUrl} />}
        {failure === null ? null : (
          <p role="alert" className="text-bad text-sm">
            {failure.message}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-2">
          {state.mayVerify || state.name === 'reading' ? (
            <Button
              tone="primary"
              pending={verify.isPending || state.name === 'reading'}
              onClick={() => verify.mutate({ id })}
            >
              {state.name === 'reading' ? 'Reading your profile…' : 'Verify'}
            </Button>
          ) : null}
          {state.mayVerify || state.needsCode ? (
            <Button
              tone={state.needsCode ? 'primary' : 'quiet'}
              pending={renew.isPending}
              onClick={() => renew.mutate({ id })}
            >
              {state.needsCode ? 'Take a new code' : 'New code'}
            </Button>
          ) : null}
          {isVerified ? <ProfileLink platform={platform} handle={handle} /> : null}
          <Button tone="quiet" onClick={() => setRemoving(true)} className="ml-auto">
            Remove<span className="sr-only"> @{handle}</span>
          </Button>
        </div>
      </div>
      <RemoveAccountDialog
        account={account}
        open={removing}
        onOpenChange={setRemoving}
        onRemoved={(removed) => onChanged(removed, true)}
      />
    </Card>
  );
}

'use client';

import { DomainError } from '@clipmeter/core/domain-error';
import { PLATFORMS, type Platform, platformName } from '@clipmeter/core/platform';
import { parseHandle } from '@clipmeter/core/social-handle';
import { Button } from '@clipmeter/ui/button';
import { Field } from '@clipmeter/ui/field';
import { FieldShell, inputClass } from '@clipmeter/ui/field-shell';
import { type FormEvent, useState } from 'react';
import type { SocialAccountRow } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';

/** A platform, and a handle or the address of a profile. */
export function AddAccountForm({ onAdded }: { onAdded: (account: SocialAccountRow) => void }) {
  const [platform, setPlatform] = useState<Platform>('TIKTOK');
  const [handle, setHandle] = useState('');
  const [error, setError] = useState<string>();
  const add = trpc.socialAccounts.add.useMutation({
    onSuccess: (account) => {
      setHandle('');
      onAdded(account);
    },
  });

  const check = (text: string): string | undefined => (text.trim() === '' ? undefined : problemOf(platform, text));
  function submit(event: FormEvent) {
    event.preventDefault();
    const problem = handle.trim() === '' ? 'Type the handle of your profile.' : check(handle);
    setError(problem);
    if (problem === undefined && !add.isPending) add.mutate({ platform, handle });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4 sm:flex-row sm:items-start">
      <div className="sm:w-40">
        <FieldShell label="Platform">
          {(ties) => (
            <select
              {...ties}
              value={platform}
              onChange={(event) => {
                setPlatform(PLATFORMS.find((each) => each === event.target.value) ?? platform);
                setError(undefined);
                add.reset();
              }}
              className={inputClass()}
            >
              {PLATFORMS.map((each) => (
                <option key={each} value={each}>
                  {platformName(each)}
                </option>
              ))}
            </select>
          )}
        </FieldShell>
      </div>
      <div className="min-w-0 flex-1">
        <Field
          label="Handle or address of the profile"
          value={handle}
          onChange={(event) => {
            setHandle(event.target.value);
            if (error !== undefined) setError(check(event.target.value));
            if (add.isError) add.reset();
          }}
          onBlur={() => setError(check(handle))}
          error={error ?? add.error?.message}
          placeholder="@yourname"
          autoCapitalize="none"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={300}
        />
      </div>
      <Button type="submit" tone="primary" pending={add.isPending} className="h-11 sm:mt-[1.625rem] sm:h-10">
        Add account
      </Button>
    </form>
  );
}

function problemOf(platform: Platform, text: string): string | undefined {
  try {
    parseHandle(platform, text);
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

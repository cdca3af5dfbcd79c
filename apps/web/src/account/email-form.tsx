'use client';

import { Button } from '@clipmeter/ui/button';
import { Field } from '@clipmeter/ui/field';
import { type FormEvent, useState } from 'react';
import { authClient } from '#src/client/auth-client.ts';
import { trpc } from '#src/client/trpc.ts';
import { authSentence } from '#src/sign-in/auth-sentence.ts';

/**
 * Another address. A confirmed one is left only by its own mail and taken by that of the new one; one that was never
 * confirmed is replaced at once.
 */
export function EmailForm({ email, confirmed }: { email: string; confirmed: boolean }) {
  const utils = trpc.useUtils();
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const [asked, setAsked] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const newEmail = String(new FormData(event.currentTarget).get('newEmail')).trim();
    setPending(true);
    setError(undefined);
    const result = await authClient.changeEmail({ newEmail, callbackURL: '/account' });
    setPending(false);
    if (result.error !== null) {
      setError(authSentence(result.error, 'Enter a whole email address, and not the one you have.'));
      return;
    }
    setOpen(false);
    setAsked(newEmail);
    await utils.account.profile.invalidate();
  }

  if (!open) {
    return (
      <div className="mt-4 flex flex-col items-start gap-2">
        {asked === undefined ? null : (
          <p role="status" className="text-sm leading-6">
            {confirmed ? (
              <>
                Look into your mail at <span className="break-all">{email}</span>: confirm there that you want{' '}
                <span className="break-all">{asked}</span>. Then we ask at the new address.
              </>
            ) : (
              <>
                If <span className="break-all">{asked}</span> has no account yet, it is yours now, and a mail to confirm
                it is on its way.
              </>
            )}
          </p>
        )}
        <Button onClick={() => setOpen(true)}>Use another email</Button>
      </div>
    );
  }
  return (
    <form onSubmit={submit} className="mt-4 flex flex-col gap-3 border-t pt-4">
      <Field label="New email" name="newEmail" type="email" autoComplete="email" autoFocus required error={error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary" pending={pending}>
          Use this email
        </Button>
        <Button onClick={() => setOpen(false)}>Keep the old one</Button>
      </div>
    </form>
  );
}

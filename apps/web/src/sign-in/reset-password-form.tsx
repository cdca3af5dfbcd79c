'use client';

import { Button } from '@clipmeter/ui/button';
import { Field } from '@clipmeter/ui/field';
import { type FormEvent, useState } from 'react';
import { authClient } from '#src/client/auth-client.ts';
import { authSentence } from '#src/sign-in/auth-sentence.ts';

/** Chooses a password with the token of the mail's link. */
export function ResetPasswordForm({ token }: { token: string }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const newPassword = String(new FormData(event.currentTarget).get('password'));
    setPending(true);
    setError(undefined);
    const result = await authClient.resetPassword({ newPassword, token });
    if (result.error === null) {
      window.location.assign('/sign-in?reset=1');
      return;
    }
    setPending(false);
    setError(authSentence(result.error, 'The password could not be changed. Ask for a new link.'));
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={10}
        maxLength={128}
        hint="At least 10 characters"
        required
      />
      {error === undefined ? null : (
        <p role="alert" className="text-bad text-sm">
          {error}
        </p>
      )}
      <Button type="submit" tone="primary" pending={pending} className="h-11">
        Change password
      </Button>
    </form>
  );
}

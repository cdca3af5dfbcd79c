'use client';

import { Button } from '@clipmeter/ui/button';
import { Field } from '@clipmeter/ui/field';
import { type FormEvent, useState } from 'react';
import { authClient } from '#src/client/auth-client.ts';
import { authSentence } from '#src/sign-in/auth-sentence.ts';

/** Changes the password; every other sign-in ends with the old one. */
export function PasswordForm({ email }: { email: string }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const [changed, setChanged] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setPending(true);
    setError(undefined);
    setChanged(false);
    const result = await authClient.changePassword({
      currentPassword: String(data.get('current')),
      newPassword: String(data.get('new')),
    });
    setPending(false);
    if (result.error !== null) {
      setError(authSentence(result.error, 'The password could not be changed. Check what you entered.'));
      return;
    }
    form.reset();
    setChanged(true);
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {/* Whose password it is, for what keeps passwords. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label="Current password" name="current" type="password" autoComplete="current-password" required />
      <Field
        label="New password"
        name="new"
        type="password"
        autoComplete="new-password"
        minLength={10}
        maxLength={128}
        hint="At least 10 characters. Every other sign-in ends."
        required
      />
      {error === undefined ? null : (
        <p role="alert" className="text-bad text-sm">
          {error}
        </p>
      )}
      {changed ? (
        <p role="status" className="text-sm">
          Your password is changed, and every other sign-in has ended.
        </p>
      ) : null}
      <Button type="submit" pending={pending} className="self-start">
        Change password
      </Button>
    </form>
  );
}

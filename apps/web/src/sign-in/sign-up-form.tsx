'use client';

import { type FormEvent, useState } from 'react';
import { authClient } from '#src/client/auth-client.ts';
import { AccountFields, readAccount } from '#src/sign-in/account-fields.tsx';
import { authSentence } from '#src/sign-in/auth-sentence.ts';

/** A new clipper's account. Admins are made by an admin, or by the first start's link. */
export function SignUpForm({ to }: { to: string }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setPending(true);
    setError(undefined);
    const result = await authClient.signUp.email(readAccount(event.currentTarget));
    if (result.error === null) {
      window.location.assign(to);
      return;
    }
    setPending(false);
    setError(authSentence(result.error, 'The account could not be made. Check what you entered and try again.'));
  }

  return (
    <form onSubmit={submit}>
      <AccountFields act="Create account" pending={pending} error={error} />
    </form>
  );
}

'use client';

import { type FormEvent, useState } from 'react';
import { authClient } from '#src/client/auth-client.ts';
import { AccountFields, readAccount } from '#src/sign-in/account-fields.tsx';

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
    setError(signUpSentence(result.error));
  }

  return (
    <form onSubmit={submit}>
      <AccountFields act="Create account" pending={pending} error={error} />
    </form>
  );
}

function signUpSentence({ status, code }: { status: number; code?: string | undefined }): string {
  if (code?.startsWith('USER_ALREADY_EXISTS') === true) return 'There is an account with this email. Sign in instead.';
  if (code === 'PASSWORD_TOO_SHORT') return 'Use at least 10 characters for the password.';
  if (status === 429) return 'Too many tries. Wait a minute, then try again.';
  return 'The account could not be made. Check what you entered and try again.';
}

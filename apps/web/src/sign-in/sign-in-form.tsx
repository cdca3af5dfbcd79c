'use client';

import { Button } from '@clipmeter/ui/button';
import { Field } from '@clipmeter/ui/field';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { authClient } from '#src/client/auth-client.ts';
import { authSentence } from '#src/sign-in/auth-sentence.ts';

/** Email and password. After it a full load, so that nothing of another account stays in memory. */
export function SignInForm({ to = '/' }: { to?: string }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setError(undefined);
    const result = await authClient.signIn.email({
      email: String(form.get('email')).trim(),
      password: String(form.get('password')),
    });
    if (result.error === null) {
      window.location.assign(to);
      return;
    }
    setPending(false);
    const wrong =
      result.error.status === 401
        ? 'That email and password do not belong together. Check both and try again.'
        : 'Check your email and password.';
    setError(authSentence(result.error, wrong));
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Email" name="email" type="email" autoComplete="email" required />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      {error === undefined ? null : (
        <p role="alert" className="text-bad text-sm">
          {error}
        </p>
      )}
      <Button type="submit" tone="primary" pending={pending} className="h-11">
        Sign in
      </Button>
      <Link
        href="/forgot-password"
        className="-my-2 inline-flex min-h-11 items-center self-start text-muted text-sm underline underline-offset-2 hover:text-ink"
      >
        Forgot your password?
      </Link>
    </form>
  );
}

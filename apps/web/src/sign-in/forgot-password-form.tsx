'use client';

import { Button } from '@clipmeter/ui/button';
import { Field } from '@clipmeter/ui/field';
import { type FormEvent, useState } from 'react';
import { authClient } from '#src/client/auth-client.ts';
import { authSentence } from '#src/sign-in/auth-sentence.ts';

/** Asks for the mail with the link. The answer is the same whether or not the address has an account. */
export function ForgotPasswordForm() {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const [sentTo, setSentTo] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email')).trim();
    setPending(true);
    setError(undefined);
    const result = await authClient.requestPasswordReset({ email });
    setPending(false);
    if (result.error === null) setSentTo(email);
    else setError(authSentence(result.error, 'Enter a whole email address, such as mara@example.com.'));
  }

  if (sentTo !== undefined) {
    return (
      <div role="status" className="flex flex-col gap-3 text-sm leading-6">
        <p>
          If <b className="break-all font-medium">{sentTo}</b> has an account, a mail is on its way. Its link works for
          an hour.
        </p>
        <p className="text-muted">Nothing there after some minutes? Look into the spam folder, or ask again.</p>
        <Button className="self-start" onClick={() => setSentTo(undefined)}>
          Ask again
        </Button>
      </div>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Email" name="email" type="email" autoComplete="email" required />
      {error === undefined ? null : (
        <p role="alert" className="text-bad text-sm">
          {error}
        </p>
      )}
      <Button type="submit" tone="primary" pending={pending} className="h-11">
        Mail me a link
      </Button>
    </form>
  );
}

'use client';

import { Button } from '@clipmeter/ui/button';
import { useState } from 'react';
import { authClient } from '#src/client/auth-client.ts';
import { authSentence } from '#src/sign-in/auth-sentence.ts';

/** Mails the link of the confirmation again. */
export function ResendConfirmation({ email }: { email: string }) {
  const [state, setState] = useState<'idle' | 'pending' | 'sent'>('idle');
  const [error, setError] = useState<string>();

  async function send() {
    setState('pending');
    setError(undefined);
    const result = await authClient.sendVerificationEmail({ email });
    setState(result.error === null ? 'sent' : 'idle');
    if (result.error === null) return;
    const known = result.error.code === 'EMAIL_ALREADY_VERIFIED' ? 'This email is confirmed already.' : undefined;
    setError(known ?? authSentence(result.error, 'The mail could not be sent. Try again in a moment.'));
  }

  return (
    <div className="flex flex-col items-start gap-2">
      <Button onClick={() => void send()} pending={state === 'pending'}>
        {state === 'sent' ? 'Mail it once more' : 'Mail me the link again'}
      </Button>
      {state === 'sent' ? (
        <p role="status" className="text-muted text-sm">
          A mail is on its way to <span className="break-all">{email}</span>.
        </p>
      ) : null}
      {error === undefined ? null : (
        <p role="alert" className="text-bad text-sm">
          {error}
        </p>
      )}
    </div>
  );
}

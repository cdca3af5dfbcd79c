'use client';

import { Button } from '@clipmeter/ui/button';
import { useState } from 'react';
import { authClient } from '#src/client/auth-client.ts';
import { authSentence } from '#src/sign-in/auth-sentence.ts';

/** For somebody who has no password: a mail lets them choose one. */
export function PasswordLink({ email }: { email: string }) {
  const [state, setState] = useState<'idle' | 'pending' | 'sent'>('idle');
  const [error, setError] = useState<string>();

  async function send() {
    setState('pending');
    setError(undefined);
    const result = await authClient.requestPasswordReset({ email });
    setState(result.error === null ? 'sent' : 'idle');
    if (result.error !== null)
      setError(authSentence(result.error, 'The mail could not be sent. Try again in a moment.'));
  }

  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-muted text-sm">You have no password. With one you can sign in by email too.</p>
      <Button onClick={() => void send()} pending={state === 'pending'} disabled={state === 'sent'}>
        Mail me a link to choose one
      </Button>
      {state === 'sent' ? (
        <p role="status" className="text-sm">
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

'use client';

import { Button } from '@clipmeter/ui/button';
import { useState } from 'react';
import { type AuthRefusal, authSentence } from '#src/sign-in/auth-sentence.ts';

interface MailButtonProps {
  email: string;
  /** Asks for the mail; answers with what was wrong. */
  send: () => Promise<{ error: AuthRefusal | null }>;
  label: string;
  /** What a code of an error means here. */
  known?: Record<string, string>;
}

/** Has a mail with a link sent, says that it is on its way, and lets one ask for it once more. */
export function MailButton({ email, send, label, known = {} }: MailButtonProps) {
  const [state, setState] = useState<'idle' | 'pending' | 'sent'>('idle');
  const [error, setError] = useState<string>();

  async function ask() {
    setState('pending');
    setError(undefined);
    const { error: refused } = await send();
    setState(refused === null ? 'sent' : 'idle');
    if (refused === null) return;
    setError(known[refused.code ?? ''] ?? authSentence(refused, 'The mail could not be sent. Try again in a moment.'));
  }

  return (
    <div className="flex flex-col items-start gap-2">
      <Button onClick={() => void ask()} pending={state === 'pending'}>
        {state === 'sent' ? 'Mail it once more' : label}
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

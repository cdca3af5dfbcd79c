'use client';

import { Button } from '@clipmeter/ui/button';
import { useState } from 'react';
import { authClient } from '#src/client/auth-client.ts';
import { authSentence } from '#src/sign-in/auth-sentence.ts';

const NAMES: Record<string, string> = { discord: 'Discord', google: 'Google' };

/** What a provider is called. */
export function providerName(provider: string): string {
  return NAMES[provider] ?? provider;
}

/** Others who may say who somebody is: one button each. They come back to `to`, with an account if they had none. */
export function ProviderButtons({ providers, to }: { providers: readonly string[]; to: string }) {
  const [asked, setAsked] = useState<string>();
  const [error, setError] = useState<string>();
  if (providers.length === 0) return null;

  async function ask(provider: string) {
    setAsked(provider);
    setError(undefined);
    const result = await authClient.signIn.social({ provider, callbackURL: to, errorCallbackURL: '/sign-in' });
    if (result.error === null) return; // the browser is leaving for the provider
    setAsked(undefined);
    setError(authSentence(result.error, `${providerName(provider)} cannot be asked now. Use your email.`));
  }

  return (
    <div className="mt-5 flex flex-col gap-2 border-t pt-5">
      {providers.map((provider) => (
        <Button key={provider} className="h-11" pending={asked === provider} onClick={() => void ask(provider)}>
          Continue with {providerName(provider)}
        </Button>
      ))}
      {error === undefined ? null : (
        <p role="alert" className="text-bad text-sm">
          {error}
        </p>
      )}
    </div>
  );
}

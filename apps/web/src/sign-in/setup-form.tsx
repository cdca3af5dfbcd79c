'use client';

import type { AppRouter } from '@clipmeter/api/app-router';
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import { type FormEvent, useState } from 'react';
import superjson from 'superjson';
import { authClient } from '#src/client/auth-client.ts';
import { AccountFields, readAccount } from '#src/sign-in/account-fields.tsx';

/** Makes the first admin with the token of the first start's link, and signs them in. */
export function SetupForm({ token }: { token: string }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const account = readAccount(event.currentTarget);
    setPending(true);
    setError(undefined);
    try {
      const client = createTRPCClient<AppRouter>({
        links: [httpBatchLink({ url: '/api/trpc', transformer: superjson })],
      });
      await client.setup.claimFirstAdmin.mutate({ token, ...account });
      await authClient.signIn.email({ email: account.email, password: account.password });
      window.location.assign('/');
    } catch (failure) {
      setPending(false);
      setError(
        failure instanceof TRPCClientError ? failure.message : 'The account could not be made. Try again in a moment.',
      );
    }
  }

  return (
    <form onSubmit={submit}>
      <AccountFields act="Create the first admin" pending={pending} error={error} />
    </form>
  );
}

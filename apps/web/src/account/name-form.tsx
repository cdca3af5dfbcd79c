'use client';

import { Button } from '@clipmeter/ui/button';
import { Field } from '@clipmeter/ui/field';
import { type FormEvent, useState } from 'react';
import { trpc } from '#src/client/trpc.ts';

/** What others see: admins in the queue, everybody on a leaderboard by handle only. */
export function NameForm({ name }: { name: string }) {
  const [typed, setTyped] = useState(name);
  const utils = trpc.useUtils();
  const rename = trpc.account.rename.useMutation({ onSuccess: () => utils.account.profile.invalidate() });
  const unchanged = typed.trim() === name;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!unchanged) rename.mutate({ name: typed });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3 sm:flex-row sm:items-end">
      <div className="min-w-0 flex-1">
        <Field
          label="What you are called"
          name="name"
          autoComplete="name"
          maxLength={100}
          required
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={rename.error?.message}
        />
      </div>
      <Button type="submit" pending={rename.isPending} disabled={unchanged} className="sm:h-10">
        Save name
      </Button>
      <p role="status" className="sr-only">
        {rename.isSuccess && unchanged ? 'Name saved' : ''}
      </p>
    </form>
  );
}

'use client';

import { Card } from '@clipmeter/ui/card';
import { ErrorState } from '@clipmeter/ui/error-state';
import { Notice } from '@clipmeter/ui/notice';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { SwitchField } from '@clipmeter/ui/switch-field';
import { MailWarning } from 'lucide-react';
import Link from 'next/link';
import type { MailChoices } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { PageHeader } from '#src/frame/page-header.tsx';

/** What comes by mail too. Everything is on the page of alerts anyway. */
export function MailChoicesScreen() {
  const query = trpc.notifications.mailChoices.useQuery();
  return (
    <>
      <PageHeader
        title="Alert preferences"
        over={
          <Link href="/alerts" className="hover:text-ink">
            Alerts
          </Link>
        }
      />
      {query.data === undefined ? (
        query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
            Your preferences could not be loaded. {query.error.message}
          </ErrorState>
        ) : (
          <SkeletonRows rows={6} className="max-w-2xl rounded-lg border" />
        )
      ) : (
        <Choices choices={query.data} />
      )}
    </>
  );
}

function Choices({ choices }: { choices: MailChoices }) {
  const utils = trpc.useUtils();
  const put = (next: MailChoices) => utils.notifications.mailChoices.setData(undefined, next);
  const choose = trpc.notifications.chooseMail.useMutation({
    onMutate: ({ group, mail }) =>
      put({ ...choices, groups: choices.groups.map((each) => (each.group === group ? { ...each, mail } : each)) }),
    onError: () => void utils.notifications.mailChoices.invalidate(),
  });
  return (
    <div className="max-w-2xl">
      {choices.emailVerified ? null : (
        <Notice tone="warn" icon={MailWarning} className="mb-4">
          Nothing is mailed until you have shown that {choices.email} is yours.{' '}
          <Link href="/account" className="underline underline-offset-4">
            Verify your e-mail
          </Link>
        </Notice>
      )}
      {choose.isError ? (
        <Notice tone="bad" icon={MailWarning} className="mb-4">
          That was not kept. {choose.error.message}
        </Notice>
      ) : null}
      <Card title="By mail" aside={`to ${choices.email}`}>
        <div className="-my-3 divide-y">
          {choices.groups.map(({ group, label, description, mail }) => (
            <SwitchField
              key={group}
              label={label}
              description={description}
              checked={mail}
              onChange={(next) => choose.mutate({ group, mail: next })}
            />
          ))}
        </div>
      </Card>
      <p className="mt-3 text-[0.8125rem] text-muted">
        All of it is on the page{' '}
        <Link href="/alerts" className="underline underline-offset-4">
          Alerts
        </Link>{' '}
        too, as it happens. Mails that you ask for yourself, such as a link to set a new password, always come.
      </p>
    </div>
  );
}

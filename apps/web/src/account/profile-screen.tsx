'use client';

import { Card } from '@clipmeter/ui/card';
import { ErrorState } from '@clipmeter/ui/error-state';
import { Skeleton } from '@clipmeter/ui/skeleton';
import { StatusWord } from '@clipmeter/ui/status-word';
import { CircleCheck, MailQuestion } from 'lucide-react';
import { EmailForm } from '#src/account/email-form.tsx';
import { NameForm } from '#src/account/name-form.tsx';
import { PasswordForm } from '#src/account/password-form.tsx';
import { PasswordLink } from '#src/account/password-link.tsx';
import { ResendConfirmation } from '#src/account/resend-confirmation.tsx';
import { useLiveProfile } from '#src/account/use-live-account.ts';
import type { Profile } from '#src/client/outputs.ts';
import { PageHeader } from '#src/frame/page-header.tsx';
import { providerName } from '#src/sign-in/provider-buttons.tsx';

/** Who the viewer is here: name, email, password. */
export function ProfileScreen() {
  const query = useLiveProfile();
  const { data } = query;
  return (
    <>
      <PageHeader title="Profile" />
      {data === undefined ? <Unloaded query={query} /> : <Sections profile={data} />}
    </>
  );
}

function Unloaded({ query }: { query: ReturnType<typeof useLiveProfile> }) {
  if (query.isError) {
    return (
      <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
        Your profile could not be loaded. {query.error.message}
      </ErrorState>
    );
  }
  return (
    <div role="status" className="flex max-w-2xl flex-col gap-5">
      <span className="sr-only">Loading your profile</span>
      <Skeleton className="h-36" />
      <Skeleton className="h-48" />
      <Skeleton className="h-64" />
    </div>
  );
}

function Sections({ profile }: { profile: Profile }) {
  const { email, emailVerified, hasPassword, providers } = profile;
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      <Card title="Name">
        <NameForm name={profile.name} />
      </Card>
      <Card
        title="Email"
        aside={
          emailVerified ? (
            <StatusWord icon={CircleCheck} tone="good">
              Confirmed
            </StatusWord>
          ) : (
            <StatusWord icon={MailQuestion} tone="warn">
              Not confirmed
            </StatusWord>
          )
        }
      >
        <p className="break-all font-medium text-sm">{email}</p>
        {emailVerified ? null : (
          <div className="mt-2 flex flex-col gap-3">
            <p className="text-muted text-sm">
              Open the link in the mail that we sent there. Until then we send no other mail to this address.
            </p>
            <ResendConfirmation email={email} />
          </div>
        )}
        <EmailForm email={email} confirmed={emailVerified} />
      </Card>
      <Card title="Password">
        {providers.length === 0 ? null : (
          <p className="mb-4 text-muted text-sm">You also sign in with {providers.map(providerName).join(' and ')}.</p>
        )}
        {hasPassword ? <PasswordForm email={email} /> : <PasswordLink email={email} />}
      </Card>
    </div>
  );
}

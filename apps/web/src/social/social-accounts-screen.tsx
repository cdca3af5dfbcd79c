'use client';

import { Card } from '@clipmeter/ui/card';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { PageHeader } from '#src/frame/page-header.tsx';
import { AccountCard } from '#src/social/account-card.tsx';
import { AddAccountForm } from '#src/social/add-account-form.tsx';
import { useLiveAccounts } from '#src/social/use-live-accounts.ts';

/** The viewer's accounts on the platforms: clips count only from those that are proved. */
export function SocialAccountsScreen({ simulatorUrl }: { simulatorUrl: string | null }) {
  const { query, apply } = useLiveAccounts();
  const accounts = query.data?.items;
  const verified = accounts?.filter((account) => account.verifiedAt !== null).length;
  return (
    <>
      <PageHeader
        title="Social accounts"
        {...(verified !== undefined && { figure: verified, figureLabel: 'verified' })}
      />
      <div className="flex max-w-3xl flex-col gap-4">
        <Card title="Add an account">
          <AddAccountForm onAdded={(account) => apply({ ...account, removed: false })} />
        </Card>
        {accounts === undefined ? <Unloaded query={query} /> : null}
        {accounts?.length === 0 ? (
          <Card flush>
            <EmptyState>
              No account yet. Add the one you post from: a short code in its bio proves that it is yours, and your clips
              count from then on.
            </EmptyState>
          </Card>
        ) : null}
        {accounts?.map((account) => (
          <AccountCard
            key={account.accountId}
            account={account}
            simulatorUrl={simulatorUrl}
            onChanged={(changed, removed = false) => apply({ ...changed, removed })}
          />
        ))}
      </div>
    </>
  );
}

function Unloaded({ query }: Pick<ReturnType<typeof useLiveAccounts>, 'query'>) {
  if (!query.isError) return <SkeletonRows rows={4} className="rounded-lg border" />;
  return (
    <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
      Your accounts could not be loaded. {query.error.message}
    </ErrorState>
  );
}

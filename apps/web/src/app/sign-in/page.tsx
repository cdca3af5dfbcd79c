import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { env } from '#src/server/env.ts';
import { offeredProviders } from '#src/server/offered-providers.ts';
import { currentSession } from '#src/server/session.ts';
import { returnSentence } from '#src/sign-in/auth-sentence.ts';
import { DemoAccounts } from '#src/sign-in/demo-accounts.tsx';
import { FormPage } from '#src/sign-in/form-page.tsx';
import { ProviderButtons } from '#src/sign-in/provider-buttons.tsx';
import { returnPath, withReturn } from '#src/sign-in/return-path.ts';
import { SignInForm } from '#src/sign-in/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

interface SignInPageProps {
  searchParams: Promise<Partial<Record<'from' | 'ended' | 'reset' | 'error', string | string[]>>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { from, ended, reset, error } = await searchParams;
  const to = returnPath(from);
  const { viewer } = await currentSession();
  if (viewer !== null) redirect(to);
  const { DEMO, DEMO_ACCOUNTS } = env();
  return (
    <FormPage
      title="Sign in"
      sentence={sentenceOf({ ended, reset })}
      below={
        <>
          New here?{' '}
          <Link href={withReturn('/sign-up', to)} className="text-accent underline underline-offset-2">
            Create an account
          </Link>
        </>
      }
    >
      {typeof error === 'string' ? (
        <p role="alert" className="mb-5 text-bad text-sm leading-6">
          {returnSentence(error)}
        </p>
      ) : null}
      {DEMO && DEMO_ACCOUNTS.length > 0 ? <DemoAccounts accounts={DEMO_ACCOUNTS} to={to} /> : null}
      <SignInForm to={to} />
      <ProviderButtons providers={offeredProviders()} to={to} />
    </FormPage>
  );
}

function sentenceOf({ ended, reset }: { ended: unknown; reset: unknown }): string | undefined {
  if (reset !== undefined) return 'Your password is changed. Sign in with the new one.';
  if (ended !== undefined) return 'Your session has ended. Sign in and you are back where you were.';
  return undefined;
}

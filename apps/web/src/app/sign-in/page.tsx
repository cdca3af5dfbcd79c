import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { env } from '#src/server/env.ts';
import { currentSession } from '#src/server/session.ts';
import { DemoAccounts } from '#src/sign-in/demo-accounts.tsx';
import { FormPage } from '#src/sign-in/form-page.tsx';
import { returnPath, withReturn } from '#src/sign-in/return-path.ts';
import { SignInForm } from '#src/sign-in/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

interface SignInPageProps {
  searchParams: Promise<{ from?: string | string[]; ended?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { from, ended } = await searchParams;
  const to = returnPath(from);
  const { viewer } = await currentSession();
  if (viewer !== null) redirect(to);
  const { DEMO, DEMO_ACCOUNTS } = env();
  return (
    <FormPage
      title="Sign in"
      sentence={ended === undefined ? undefined : 'Your session has ended. Sign in and you are back where you were.'}
      below={
        <>
          New here?{' '}
          <Link href={withReturn('/sign-up', to)} className="text-accent underline underline-offset-2">
            Create an account
          </Link>
        </>
      }
    >
      {DEMO && DEMO_ACCOUNTS.length > 0 ? <DemoAccounts accounts={DEMO_ACCOUNTS} to={to} /> : null}
      <SignInForm to={to} />
    </FormPage>
  );
}

import type { Metadata } from 'next';
import Link from 'next/link';
import { offeredProviders } from '#src/server/offered-providers.ts';
import { FormPage } from '#src/sign-in/form-page.tsx';
import { ProviderButtons } from '#src/sign-in/provider-buttons.tsx';
import { returnPath, withReturn } from '#src/sign-in/return-path.ts';
import { SignUpForm } from '#src/sign-in/sign-up-form.tsx';

export const metadata: Metadata = { title: 'Create an account' };

interface SignUpPageProps {
  searchParams: Promise<{ from?: string | string[] }>;
}

export default async function SignUpPage({ searchParams }: SignUpPageProps) {
  const to = returnPath((await searchParams).from);
  return (
    <FormPage
      title="Create an account"
      sentence="For clippers: see what campaigns pay, and what your clips earn."
      below={
        <>
          You have one?{' '}
          <Link href={withReturn('/sign-in', to)} className="text-accent underline underline-offset-2">
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm to={to} />
      <ProviderButtons providers={offeredProviders()} to={to} />
    </FormPage>
  );
}

import type { Metadata } from 'next';
import Link from 'next/link';
import { FormPage } from '#src/sign-in/form-page.tsx';
import { SignUpForm } from '#src/sign-in/sign-up-form.tsx';

export const metadata: Metadata = { title: 'Create an account' };

export default function SignUpPage() {
  return (
    <FormPage
      title="Create an account"
      sentence="For clippers: see what campaigns pay, and what your clips earn."
      below={
        <>
          You have one?{' '}
          <Link href="/sign-in" className="text-accent hover:underline">
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm />
    </FormPage>
  );
}

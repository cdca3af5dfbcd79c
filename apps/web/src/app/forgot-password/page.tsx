import type { Metadata } from 'next';
import Link from 'next/link';
import { ForgotPasswordForm } from '#src/sign-in/forgot-password-form.tsx';
import { FormPage } from '#src/sign-in/form-page.tsx';

export const metadata: Metadata = { title: 'Forgot password' };

export default function ForgotPasswordPage() {
  return (
    <FormPage
      title="Choose a new password"
      sentence="We mail you a link with which you choose another one."
      below={
        <>
          You remember it?{' '}
          <Link href="/sign-in" className="text-accent underline underline-offset-2">
            Sign in
          </Link>
        </>
      }
    >
      <ForgotPasswordForm />
    </FormPage>
  );
}

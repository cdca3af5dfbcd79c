import type { Metadata } from 'next';
import Link from 'next/link';
import { MessagePage } from '#src/frame/message-page.tsx';
import { FormPage } from '#src/sign-in/form-page.tsx';
import { ResetPasswordForm } from '#src/sign-in/reset-password-form.tsx';

export const metadata: Metadata = { title: 'New password', robots: { index: false } };

interface ResetPasswordPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

export default async function ResetPasswordPage({ searchParams }: ResetPasswordPageProps) {
  const { token } = await searchParams;
  if (typeof token !== 'string' || token === '') {
    return <MessagePage title="This link is not complete">Copy the whole link that is in the mail.</MessagePage>;
  }
  return (
    <FormPage
      title="Choose a new password"
      sentence="With it, you are signed out everywhere else."
      below={
        <>
          The link is too old?{' '}
          <Link href="/forgot-password" className="text-accent underline underline-offset-2">
            Ask for a new one
          </Link>
        </>
      }
    >
      <ResetPasswordForm token={token} />
    </FormPage>
  );
}

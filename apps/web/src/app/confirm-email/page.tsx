import { buttonClass } from '@clipmeter/ui/button-class';
import type { Metadata } from 'next';
import Link from 'next/link';
import { ResendConfirmation } from '#src/account/resend-confirmation.tsx';
import { currentSession } from '#src/server/session.ts';
import { FormPage } from '#src/sign-in/form-page.tsx';

export const metadata: Metadata = { title: 'Confirm email', robots: { index: false } };

interface ConfirmEmailPageProps {
  searchParams: Promise<{ error?: string | string[]; step?: string | string[] }>;
}

/** Where the link of a confirmation ends, after sign-in has looked at its token. */
export default async function ConfirmEmailPage({ searchParams }: ConfirmEmailPageProps) {
  const { error, step } = await searchParams;
  const { viewer } = await currentSession();
  const onward = (
    <Link href={viewer === null ? '/sign-in' : '/'} className={buttonClass('primary', 'h-11 w-full')}>
      {viewer === null ? 'Sign in' : 'Go on'}
    </Link>
  );
  if (error !== undefined) {
    return (
      <FormPage
        title="This link does not work any more"
        sentence={
          viewer === null
            ? 'It was for an hour. Sign in, and your account page mails you a new one.'
            : 'It was for an hour. A new one is one press away.'
        }
      >
        {viewer === null ? onward : <ResendConfirmation email={viewer.email} />}
      </FormPage>
    );
  }
  if (step === 'new') {
    return (
      <FormPage
        title="One more mail"
        sentence="We have written to the new address. Confirm it there, and it takes the place of this one."
      >
        {onward}
      </FormPage>
    );
  }
  return (
    <FormPage title="Your email is confirmed" sentence="We can reach you about your clips and your money.">
      {onward}
    </FormPage>
  );
}

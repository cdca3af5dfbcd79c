import type { Metadata } from 'next';
import { MessagePage } from '#src/frame/message-page.tsx';
import { FormPage } from '#src/sign-in/form-page.tsx';
import { SetupForm } from '#src/sign-in/setup-form.tsx';

export const metadata: Metadata = { title: 'First admin', robots: { index: false } };

interface SetupPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

export default async function SetupPage({ searchParams }: SetupPageProps) {
  const { token } = await searchParams;
  if (typeof token !== 'string' || token === '') {
    return (
      <MessagePage title="This link is not complete">
        Copy the whole link that the start printed, with all that comes after “token=”.
      </MessagePage>
    );
  }
  return (
    <FormPage title="Create the first admin" sentence="The link works once, for an hour, while there is no admin yet.">
      <SetupForm token={token} />
    </FormPage>
  );
}

'use client';

import { MailButton } from '#src/account/mail-button.tsx';
import { authClient } from '#src/client/auth-client.ts';

const KNOWN = { EMAIL_ALREADY_VERIFIED: 'This email is confirmed already.' };

/** Mails the link of the confirmation again. */
export function ResendConfirmation({ email }: { email: string }) {
  return (
    <MailButton
      email={email}
      send={() => authClient.sendVerificationEmail({ email })}
      label="Mail me the link again"
      known={KNOWN}
    />
  );
}

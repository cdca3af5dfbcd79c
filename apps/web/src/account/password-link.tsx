'use client';

import { MailButton } from '#src/account/mail-button.tsx';
import { authClient } from '#src/client/auth-client.ts';

/** For somebody who has no password: a mail lets them choose one. */
export function PasswordLink({ email }: { email: string }) {
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-muted text-sm">You have no password. With one you can sign in by email too.</p>
      <MailButton
        email={email}
        send={() => authClient.requestPasswordReset({ email })}
        label="Mail me a link to choose one"
      />
    </div>
  );
}

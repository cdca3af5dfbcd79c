import { createHash } from 'node:crypto';
import type { Pool } from '@clipmeter/db/connect';
import { type NewMail, queueMails } from '@clipmeter/db/mail-outbox';
import { withTransaction } from '@clipmeter/db/transaction';

export interface MailDeps {
  pool: Pool;
  now(): Date;
}

interface MailedUser {
  id: string;
  name: string;
  email: string;
}

/** Where a link of a mail leads after sign-in has looked at its token. */
export const CONFIRMED_PATH = '/confirm-email';

/** Asks whoever reads `user.email` to confirm that it is theirs. */
export function mailConfirmation(deps: MailDeps, user: MailedUser, token: string): Promise<void> {
  return mail(deps, token, {
    userId: user.id,
    to: user.email,
    kind: 'account.verify_email',
    subject: 'Confirm your email address',
    // No name: whoever signs somebody else's address up must not write to them.
    body: `Hello,\n\nConfirm that this address is yours, so that we can reach you about your clips and your money. The link works for an hour.\n\nYou did not sign up for Clipmeter? Then do nothing: without you nothing happens.`,
    link: { href: confirmationPath(token), label: 'Confirm this address' },
  });
}

/** Asks at the address that is being left whether it may be: the new one is asked afterwards. */
export function mailChangeOfAddress(deps: MailDeps, user: MailedUser, newEmail: string, token: string): Promise<void> {
  return mail(deps, token, {
    userId: user.id,
    to: user.email,
    kind: 'account.change_email',
    subject: 'Change your email address?',
    body: `${greeting(user)}\n\nSomebody who is signed in to your account wants it to use ${newEmail} instead of this address. If that was you, confirm it here; then we ask at the new address too. The link works for an hour.\n\nIf it was not you, do nothing, and change your password.`,
    link: { href: confirmationPath(token, `${CONFIRMED_PATH}?step=new`), label: 'Use the new address' },
  });
}

/** Lets whoever reads the account's mail choose another password. */
export function mailReset(deps: MailDeps, user: MailedUser, token: string): Promise<void> {
  return mail(deps, token, {
    userId: user.id,
    to: user.email,
    kind: 'account.reset_password',
    subject: 'Choose a new password',
    body: `${greeting(user)}\n\nChoose a new password here. The link works once, for an hour; with the new password every other sign-in ends.\n\nYou did not ask for this? Then do nothing: your password stays what it is.`,
    link: { href: `/reset-password?token=${encodeURIComponent(token)}`, label: 'Choose a new password' },
  });
}

/** Says that the password is another now, so that an owner who did not do it learns of it. */
export function mailPasswordChanged(deps: MailDeps, user: MailedUser): Promise<void> {
  return mail(deps, `${user.id} ${deps.now().toISOString()}`, {
    userId: user.id,
    to: user.email,
    kind: 'account.password_changed',
    subject: 'Your password was changed',
    body: `${greeting(user)}\n\nThe password of your account was just changed, and every other sign-in has ended.\n\nThat was not you? Choose another one right away.`,
    link: { href: '/forgot-password', label: 'Choose another password' },
  });
}

const greeting = ({ name }: MailedUser) => `Hello ${name},`;

function confirmationPath(token: string, endsAt = CONFIRMED_PATH): string {
  return `/api/auth/verify-email?token=${encodeURIComponent(token)}&callbackURL=${encodeURIComponent(endsAt)}`;
}

/** One mail a cause: its digest is kept, since the cause may be a secret that the mail alone may hold. */
async function mail({ pool, now }: MailDeps, cause: string, content: Omit<NewMail, 'cause'>): Promise<void> {
  const digest = createHash('sha256').update(cause).digest('base64url');
  await withTransaction(pool, (tx) => queueMails(tx, [{ ...content, cause: digest }], now()));
}

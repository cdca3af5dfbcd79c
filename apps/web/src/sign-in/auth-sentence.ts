/** A refusal of sign-in's, as its client gives it. */
export interface AuthRefusal {
  status: number;
  code?: string | undefined;
  message?: string | undefined;
}

/** What somebody reads of a refusal: our own sentence where there is one, or else what may be wrong. */
export function authSentence(refusal: AuthRefusal, otherwise: string): string {
  const { status, code, message } = refusal;
  if (code !== undefined && code in SENTENCES) return SENTENCES[code] ?? otherwise;
  // Limits say themselves when they end; sign-in's own flood gate does not.
  if (code === 'LIMIT_REACHED' || code === 'INVALID_NAME' || code === 'ACCOUNT_SUSPENDED') return message ?? otherwise;
  if (status === 429) return 'Too many tries. Wait a minute, then try again.';
  if (status === 0 || status >= 500) return 'That did not work. Try again in a moment.';
  return otherwise;
}

const SENTENCES: Record<string, string> = {
  USER_ALREADY_EXISTS: 'There is an account with this email. Sign in instead.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'There is an account with this email. Sign in instead.',
  INVALID_EMAIL: 'Enter a whole email address, such as mara@example.com.',
  PASSWORD_TOO_SHORT: 'Use at least 10 characters for the password.',
  PASSWORD_TOO_LONG: 'Use at most 128 characters for the password.',
  INVALID_PASSWORD: 'That is not your current password.',
  INVALID_TOKEN: 'This link was used already, or its hour is over. Ask for a new one.',
};

/** What somebody reads who comes back from a provider, or from a link, with an error in the address. */
export function returnSentence(error: string): string {
  switch (error) {
    case 'ACCOUNT_SUSPENDED':
      return 'This account is suspended.';
    case 'account_not_linked':
      return 'There is an account with this email already. Sign in with its password and confirm its email; then this way works too.';
    case 'access_denied':
      return 'You did not let us know who you are. Nothing has happened.';
    case 'email_not_found':
      return 'That account has no email that we may see. Sign up with an email and a password.';
    default:
      return 'Signing in that way did not work. Try again, or use your email.';
  }
}

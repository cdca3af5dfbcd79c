import { expect, it } from 'vitest';
import { authSentence, returnSentence } from '#src/sign-in/auth-sentence.ts';

const OTHERWISE = 'Check what you entered.';

it.each([
  [
    { status: 422, code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL' },
    'There is an account with this email. Sign in instead.',
  ],
  [{ status: 429, code: 'LIMIT_REACHED', message: 'Try again in 9 minutes.' }, 'Try again in 9 minutes.'],
  [{ status: 429 }, 'Too many tries. Wait a minute, then try again.'],
  [{ status: 403, code: 'ACCOUNT_SUSPENDED', message: 'This account is suspended.' }, 'This account is suspended.'],
  [{ status: 0 }, 'That did not work. Try again in a moment.'],
  [{ status: 400, code: 'SOMETHING_ELSE', message: 'internal' }, OTHERWISE],
])('a refusal %o has a sentence', (refusal, sentence) => {
  expect(authSentence(refusal, OTHERWISE)).toBe(sentence);
});

it('an error that comes back in the address is never shown as it is', () => {
  expect(returnSentence('account_not_linked')).toContain('confirm its email');
  expect(returnSentence('<b>oops</b>')).toBe('Signing in that way did not work. Try again, or use your email.');
});

import { randomBytes } from 'node:crypto';
import { CODE_BYTES, CODE_LIFETIME_MS, codeFrom } from '@clipmeter/core/account-proof';

/** A code that nobody can guess, and until when it is good. */
export function newAccountCode(at: Date): { code: string; codeExpiresAt: Date } {
  return { code: codeFrom(randomBytes(CODE_BYTES)), codeExpiresAt: new Date(at.getTime() + CODE_LIFETIME_MS) };
}

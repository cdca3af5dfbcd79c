import { DomainError } from '#src/domain-error.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How often something may be tried within any stretch of a length. */
export interface RateLimit {
  readonly max: number;
  readonly windowMs: number;
  /** Whom it counts for. */
  readonly per: string;
  /** What was tried too often, as in "Too many attempts to sign in." */
  readonly words: string;
}

/** Every limit there is. Its name is what Postgres counts under. */
export const RATE_LIMITS = {
  signIn: { max: 10, windowMs: 15 * MINUTE_MS, per: 'account and address', words: 'attempts to sign in' },
  passwordReset: { max: 3, windowMs: HOUR_MS, per: 'account', words: 'requests for a new password' },
  confirmEmail: { max: 5, windowMs: HOUR_MS, per: 'account', words: 'requests for a confirmation mail' },
  submit: { max: 30, windowMs: HOUR_MS, per: 'clipper', words: 'submissions' },
  verify: { max: 5, windowMs: HOUR_MS, per: 'clipper', words: 'attempts to verify an account' },
} as const satisfies Record<string, RateLimit>;

export type RateLimitName = keyof typeof RATE_LIMITS;

/** The refusal of an attempt beyond a limit: it says when the next one is free. */
export function limitReached(name: RateLimitName, retryAfterMs: number): DomainError {
  const minutes = Math.max(1, Math.ceil(retryAfterMs / MINUTE_MS));
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return new DomainError('LIMIT_REACHED', `Too many ${RATE_LIMITS[name].words}. Try again in ${wait}.`);
}

/** Everything that a user can cause, and nothing else: what cannot happen is an assertion (see invariant.ts). */
export const DOMAIN_ERROR_CODES = [
  'INVALID_MONEY',
  'INVALID_INPUT',
  'INVALID_LINK',
  'NOT_FOUND',
  'FORBIDDEN',
  'WRONG_STATE',
  'CONFLICT',
  'LIMIT_REACHED',
  'UNAVAILABLE',
] as const;

export type DomainErrorCode = (typeof DOMAIN_ERROR_CODES)[number];

/**
 * A refusal that the user caused and can understand. The message is one clear sentence that is shown as it is:
 * it says what would be right and nothing internal.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: DomainErrorCode;

  constructor(code: DomainErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

import { DomainError } from '@clipmeter/core/domain-error';

/** The place of a procedure that is not written yet. */
export function pending(): never {
  throw new DomainError('UNAVAILABLE', 'This is not available yet.');
}

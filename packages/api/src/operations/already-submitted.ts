import { DomainError } from '@clipmeter/core/domain-error';
import type { Actor } from '#src/context.ts';

/** The video is pending or approved already, with this clipper or another. */
export function alreadySubmitted(submission: { userId: string }, actor: Actor): DomainError {
  const who =
    submission.userId === actor.userId
      ? 'You have submitted this video already.'
      : 'This video has been submitted by somebody else already.';
  return new DomainError('CONFLICT', who);
}

import { DomainError } from '@clipmeter/core/domain-error';
import type { Actor } from '#src/context.ts';

/** The video is pending or approved already, with this clipper or another. */
export function alreadySubmitted(
  submission: { readonly userId: string; readonly firstReadAt: Date | null },
  actor: Actor,
): DomainError {
  return new DomainError('CONFLICT', sentenceOf(submission, actor));
}

function sentenceOf({ userId, firstReadAt }: { userId: string; firstReadAt: Date | null }, actor: Actor): string {
  if (userId === actor.userId) return 'You have submitted this video already.';
  // Nobody holds a video that is not theirs for longer than it takes to read it.
  return firstReadAt === null
    ? 'Somebody else has submitted this video. It is being read for whose it is: if it is yours, try again in a minute.'
    : 'This video has been submitted by somebody else already.';
}

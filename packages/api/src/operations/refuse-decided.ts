import { DomainError } from '@clipmeter/core/domain-error';
import { type Decider, readDecider } from '@clipmeter/db/read-decider';
import type { SubmissionRow } from '@clipmeter/db/transact-submission';
import type { Tx } from '@clipmeter/db/transaction';
import type { Actor } from '#src/context.ts';

/** Where a submission stood on the page of the admin who decides. */
export type SeenAs = 'waiting' | 'asked';

/**
 * Two admins who decide at once decide once, and the second is told who was first. What one has decided oneself is not
 * refused here. The submission is locked.
 *
 * @param seenAs a yes that somebody said meanwhile is not overruled unseen
 * @throws DomainError CONFLICT
 */
export async function refuseDecided(
  tx: Tx,
  submission: SubmissionRow,
  actor: Actor,
  seenAs: SeenAs = 'asked',
): Promise<void> {
  const isOpen = submission.status === 'PENDING' && (submission.approvalRequestedAt === null || seenAs === 'asked');
  if (isOpen) return;
  const decider = await readDecider(tx, submission.id);
  if (decider === null || decider.userId === actor.userId) return;
  throw new DomainError('CONFLICT', sentenceOf(decider));
}

function sentenceOf({ name, did, reason }: Decider): string {
  const why = reason === null ? '' : `: ${reason}`;
  if (did === 'withdrew') return 'Its clipper has withdrawn it.';
  if (name === null) return `It was ${did} by the tracker already${why}`;
  return did === 'approved' ? `${name} approved it already.` : `${name} ${did} it already${why}`;
}

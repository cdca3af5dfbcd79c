import { DomainError } from '@clipmeter/core/domain-error';
import type { Actor, OperationDeps } from '#src/context.ts';
import { approveSubmission } from '#src/operations/approve-submission.ts';
import type { SeenAs } from '#src/operations/refuse-decided.ts';
import { rejectSubmission } from '#src/operations/reject-submission.ts';

/** What became of one of several submissions that were decided together. */
export interface DecisionOutcome {
  id: string;
  /** Null: it was done. Otherwise why not, in one sentence: often that another admin was first. */
  refusal: string | null;
}

export type Decision = { kind: 'approve' } | { kind: 'reject'; reason: string };

/**
 * Decides on one submission or many, each in a transaction of its own: what is refused for one changes nothing for the
 * others.
 */
export async function decideSubmissions(
  deps: OperationDeps,
  actor: Actor,
  { ids, seenAs, decision }: { ids: readonly string[]; seenAs: SeenAs; decision: Decision },
): Promise<{ results: DecisionOutcome[] }> {
  const results: DecisionOutcome[] = [];
  for (const id of new Set(ids)) {
    const made =
      decision.kind === 'approve'
        ? approveSubmission(deps, actor, { id })
        : rejectSubmission(deps, actor, { id, reason: decision.reason, seenAs });
    results.push({ id, refusal: await refusalOf(made) });
  }
  return { results };
}

async function refusalOf(made: Promise<unknown>): Promise<string | null> {
  try {
    await made;
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

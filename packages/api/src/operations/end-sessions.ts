import { DomainError } from '@clipmeter/core/domain-error';
import { endSessions } from '@clipmeter/db/transact-person';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps, Viewer } from '#src/context.ts';

/**
 * Ends one of the viewer's own sign-ins; its sockets close within a second.
 *
 * @throws DomainError NOT_FOUND: it is over already, or it is somebody else's
 */
export function endSession({ pool }: OperationDeps, actor: Actor, { id }: { id: string }): Promise<{ ended: number }> {
  return withTransaction(pool, async (tx) => {
    const ended = await endSessions(tx, actor.userId, { only: id });
    if (ended === 0) throw new DomainError('NOT_FOUND', 'That sign-in has ended already.');
    return { ended };
  });
}

/** Ends all of them but the one that asks. */
export function endOtherSessions(
  { pool }: OperationDeps,
  viewer: Pick<Viewer, 'userId' | 'sessionId'>,
): Promise<{ ended: number }> {
  return withTransaction(pool, async (tx) => ({
    ended: await endSessions(tx, viewer.userId, { allBut: viewer.sessionId }),
  }));
}

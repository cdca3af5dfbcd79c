import { markRead } from '@clipmeter/db/transact-notification';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';

/** The actor has seen some of their notices. */
export async function markNotificationsRead(
  deps: OperationDeps,
  actor: Actor,
  { ids }: { ids: string[] },
): Promise<{ changed: number }> {
  const at = deps.now();
  const seen = { userId: actor.userId, ids, upTo: null, at };
  return { changed: await withTransaction(deps.pool, (tx) => markRead(tx, seen)) };
}

/** The actor has seen all of their notices, or those up to a time. */
export async function markAllNotificationsRead(
  deps: OperationDeps,
  actor: Actor,
  { upTo }: { upTo?: string | null | undefined },
): Promise<{ changed: number }> {
  const at = deps.now();
  const seen = { userId: actor.userId, ids: null, upTo: upTo == null ? null : new Date(upTo), at };
  return { changed: await withTransaction(deps.pool, (tx) => markRead(tx, seen)) };
}

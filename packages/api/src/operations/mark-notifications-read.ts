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
  const seen = { userId: actor.userId, ids, upTo: at, at };
  return { changed: await withTransaction(deps.pool, (tx) => markRead(tx, seen)) };
}

/** The actor has seen all of their notices up to a time. */
export async function markAllNotificationsRead(
  deps: OperationDeps,
  actor: Actor,
  { upTo }: { upTo: string },
): Promise<{ changed: number }> {
  const seen = { userId: actor.userId, ids: null, upTo: new Date(upTo), at: deps.now() };
  return { changed: await withTransaction(deps.pool, (tx) => markRead(tx, seen)) };
}

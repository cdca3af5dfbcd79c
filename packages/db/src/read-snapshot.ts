import type { Cursor } from '@clipmeter/realtime/cursor';
import type { Pool } from '#src/connect.ts';
import { currentCursor } from '#src/event-log.ts';
import { type Tx, withTransaction } from '#src/transaction.ts';

/**
 * Runs readers over one snapshot and answers with the snapshot's place in the event log, where the first subscription
 * starts: REPEATABLE READ, READ ONLY.
 */
export function readSnapshot<T extends object>(
  pool: Pool,
  read: (tx: Tx) => Promise<T>,
): Promise<T & { cursor: Cursor }> {
  return withTransaction(
    pool,
    async (tx) => {
      const cursor = await currentCursor(tx);
      return { ...(await read(tx)), cursor };
    },
    { isolation: 'REPEATABLE READ', readOnly: true },
  );
}

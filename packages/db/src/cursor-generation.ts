import type { Pool } from '#src/connect.ts';
import { type Tx, withTransaction } from '#src/transaction.ts';

/**
 * SQL that is true when the log holds another cluster's past: this is not the cluster that the installation knows, or an
 * event bears a transaction id that this one has not given yet (a dump was restored here).
 */
export const RESTORED_ELSEWHERE = `(
  installation.system_identifier <> (SELECT system_identifier FROM pg_control_system())
  OR COALESCE((SELECT xid FROM events ORDER BY xid DESC LIMIT 1) >= pg_snapshot_xmax(pg_current_snapshot()), false))`;

/**
 * Begins a new generation of cursors after a restore. The old events go: their transaction ids mean nothing here, and
 * every reader takes a fresh snapshot anyway. Two processes that notice at once begin only one.
 */
export async function beginGeneration(pool: Pool): Promise<void> {
  await withTransaction(pool, async (tx: Tx) => {
    await tx.query('SELECT FROM installation FOR NO KEY UPDATE');
    const { rows } = await tx.query<{ restored: boolean }>(
      `SELECT ${RESTORED_ELSEWHERE} AS restored FROM installation`,
    );
    if (!rows[0]?.restored) return;
    await tx.query('DELETE FROM events');
    await tx.query(
      `UPDATE installation SET cursor_generation = cursor_generation + 1, events_dropped_xid = '0',
              system_identifier = (SELECT system_identifier FROM pg_control_system())`,
    );
  });
}

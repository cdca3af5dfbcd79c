import type { Pool } from '#src/connect.ts';
import { type Tx, withTransaction } from '#src/transaction.ts';

/**
 * SQL that is true when the log holds another history's past: this is not the cluster that the installation knows, its
 * write-ahead log was continued from an earlier point (a base backup was restored, a standby took over), its table is
 * another one (a dump was restored), or an event bears a transaction id that this cluster has not given yet.
 */
export const RESTORED_ELSEWHERE = `(
  installation.system_identifier <> (SELECT system_identifier FROM pg_control_system())
  OR installation.timeline <> wal_timeline()
  OR installation.table_oid <> 'installation'::regclass
  OR COALESCE((SELECT xid FROM events ORDER BY xid DESC LIMIT 1) >= pg_snapshot_xmax(pg_current_snapshot()), false))`;

/**
 * A number that no other restore of the same backup is given: the seconds since 2026, not merely the next one. A page may
 * still hold a cursor of the first restore when the same backup is restored again.
 */
const NEXT_GENERATION = `GREATEST(cursor_generation + 1, extract(epoch FROM clock_timestamp() - timestamptz '2026-01-01Z')::integer)`;

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
      `UPDATE installation SET cursor_generation = ${NEXT_GENERATION}, events_dropped_xid = '0',
              system_identifier = (SELECT system_identifier FROM pg_control_system()),
              timeline = wal_timeline(), table_oid = 'installation'::regclass`,
    );
  });
}

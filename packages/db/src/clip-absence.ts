import type { ReadResult } from '#src/read-result.ts';
import type { Tx } from '#src/transaction.ts';

/**
 * Since when runs that showed others have left out clips that this run left out too. A read since then makes it void. The
 * schedules are locked; nothing is asked of the database when the run left out none.
 */
export async function readAbsences(tx: Tx, results: readonly ReadResult[]): Promise<ReadonlyMap<string, Date>> {
  const clipIds = results.flatMap(({ clipId, outcome }) => (outcome.kind === 'absent' ? [clipId] : []));
  if (clipIds.length === 0) return new Map();
  const { rows } = await tx.query<{ clip_id: string; absent_at: Date }>(
    `SELECT s.clip_id, s.absent_at FROM clip_schedules s JOIN clips c ON c.id = s.clip_id
     WHERE s.clip_id = ANY ($1::uuid[]) AND s.absent_at > COALESCE(c.last_read_at, '-infinity')`,
    [clipIds],
  );
  return new Map(rows.map((row) => [row.clip_id, row.absent_at]));
}

/** Notes when a clip was first left out. */
export async function writeAbsences(tx: Tx, clipIds: readonly string[], now: Date): Promise<void> {
  if (clipIds.length === 0) return;
  await tx.query('UPDATE clip_schedules SET absent_at = $2 WHERE clip_id = ANY ($1::uuid[])', [clipIds, now]);
}

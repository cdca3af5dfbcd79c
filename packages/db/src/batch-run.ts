import { arrayLiteral } from '#src/array-literal.ts';
import type { OpenRound } from '#src/batch-input.ts';
import type { LockedBatch } from '#src/batch-locks.ts';
import type { Tx } from '#src/transaction.ts';

/** What never changes of a run, so that it may be read before anything is locked. */
export async function readRunHead(tx: Tx, runId: string): Promise<{ recordedAt: Date; clipIds: readonly string[] }> {
  const { rows } = await tx.query<{ created_at: Date; clip_ids: string[] }>(
    'SELECT created_at, clip_ids FROM scrape_runs WHERE id = $1',
    [runId],
  );
  const row = rows[0];
  if (!row) throw new Error(`Run ${runId} was never recorded`);
  return { recordedAt: row.created_at, clipIds: row.clip_ids };
}

/** The closing rounds that are open in the locked campaigns. */
export async function readOpenRounds(tx: Tx, locked: LockedBatch): Promise<ReadonlyMap<string, OpenRound>> {
  const open = [...locked.campaigns.values()].flatMap((campaign) => campaign.closingRoundId ?? []);
  const { rows } = await tx.query<{ id: string; started_at: Date; frozen: boolean }>(
    'SELECT id, started_at, frozen_at IS NOT NULL AS frozen FROM closing_rounds WHERE id = ANY ($1::uuid[])',
    [open],
  );
  return new Map(rows.map((row) => [row.id, { startedAt: row.started_at, isFrozen: row.frozen }]));
}

/** A run's snapshots are no older than this before its record, by whatever clock: older partitions are not looked at. */
const CLOCK_SKEW_MS = 24 * 3_600_000;

/**
 * Whether an earlier delivery has settled this run, asked under the locks of its clips. A run becomes SETTLED in the very
 * transaction that writes what it found and stays so: of any other run there is nothing to look for.
 */
export async function isSettled(tx: Tx, runId: string): Promise<boolean> {
  const { rows } = await tx.query<{ settled: boolean }>(
    `SELECT status = 'SETTLED' AS settled FROM scrape_runs WHERE id = $1`,
    [runId],
  );
  return rows[0]?.settled ?? false;
}

/**
 * The clips that this run has settled already, or that an open closing round holds its answer for. Known by the run alone:
 * an API without runs gives a redelivery another end, and the run must not pay twice for that.
 */
export async function readSettled(
  tx: Tx,
  batch: { runId: string; endedAt: Date },
  run: { recordedAt: Date; clipIds: readonly string[]; roundIds: readonly string[] },
): Promise<Set<string>> {
  const since = new Date(Math.min(run.recordedAt.getTime(), batch.endedAt.getTime()) - CLOCK_SKEW_MS);
  const { rows } = await tx.query<{ clip_id: string }>(
    `SELECT clip_id FROM view_tracking WHERE run_id = $1 AND clip_id = ANY ($2::uuid[]) AND date >= $3
     UNION ALL SELECT clip_id FROM held_observations
     WHERE run_id = $1 AND clip_id = ANY ($2::uuid[]) AND round_id = ANY ($4::uuid[])`,
    [batch.runId, arrayLiteral(run.clipIds), since, arrayLiteral(run.roundIds)],
  );
  return new Set(rows.map((row) => row.clip_id));
}

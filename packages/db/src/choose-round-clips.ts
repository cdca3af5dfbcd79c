import type { Platform } from '@clipmeter/core/platform';
import type { Pool } from 'pg';
import { createChunkSize, takeChunks } from '#src/chunk-size.ts';
import type { TrackingRound } from '#src/tracking-round.ts';
import { type Tx, withTransaction } from '#src/transaction.ts';

/** Clips a transaction at most. */
const CHUNK_MAX = 5_000;

export interface ChooseRound {
  readonly round: TrackingRound;
  /** What this tracker can read: nobody would ever read the others. */
  readonly platforms: readonly Platform[];
  readonly now: Date;
  /** How long the round may take at most. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/**
 * Chooses a requested round's clips, the longest due first, and makes them due now; then the round runs. Works in chunks
 * and, stopped anywhere, goes on there: what was chosen stays chosen, and is not made due twice.
 */
export async function chooseRoundClips(pool: Pool, choose: ChooseRound): Promise<void> {
  const { round, now } = choose;
  const { rows: started } = await pool.query<{ started_at: Date }>(
    `UPDATE tracking_rounds SET started_at = COALESCE(started_at, $2), limit_at = COALESCE(limit_at, $3)
     WHERE id = $1 AND status = 'REQUESTED' RETURNING started_at`,
    [round.id, now, new Date(now.getTime() + choose.limitMs)],
  );
  const startedAt = started[0]?.started_at;
  if (!startedAt) return;
  const clipIds = await candidates(pool, choose, startedAt);
  const size = createChunkSize(CHUNK_MAX);
  for (const chunk of takeChunks(clipIds, size)) {
    if (choose.signal.aborted) return;
    await size.timed(() => withTransaction(pool, (tx) => chooseChunk(tx, round, chunk, startedAt)));
  }
  await pool.query(`UPDATE tracking_rounds SET status = 'RUNNING' WHERE id = $1 AND status = 'REQUESTED'`, [round.id]);
}

/** Clips of running campaigns that something wants read. What is parked, paused or finished is not. */
async function candidates(pool: Pool, { round, platforms }: ChooseRound, startedAt: Date): Promise<string[]> {
  const { rows } = await pool.query<{ clip_id: string }>(
    `SELECT s.clip_id FROM clip_schedules s
     JOIN clip_submissions cs ON cs.clip_id = s.clip_id AND cs.status IN ('PENDING', 'APPROVED')
     JOIN campaigns c ON c.id = cs.campaign_id AND c.status = 'ACTIVE'
     WHERE s.platform = ANY ($1::text[]) AND s.next_due_at < 'infinity'
       AND ($2 OR s.next_due_at <= $3 AND (s.lease_until IS NULL OR s.lease_until <= $3))
       AND NOT EXISTS (SELECT FROM tracking_round_clips t WHERE t.round_id = $4 AND t.clip_id = s.clip_id)
     ORDER BY s.next_due_at, s.clip_id LIMIT $5`,
    [platforms, round.everyClip, startedAt, round.id, round.clipsMax],
  );
  return rows.map((row) => row.clip_id);
}

/**
 * Takes a chunk into the round, under the locks of the round and of the clips' schedules. A clip that is being read right
 * now is not asked for again: the run that reads it answers for the round too.
 */
async function chooseChunk(tx: Tx, round: TrackingRound, clipIds: readonly string[], startedAt: Date): Promise<void> {
  const { rows } = await tx.query<{ chosen: number }>(
    `SELECT chosen FROM tracking_rounds WHERE id = $1 AND status = 'REQUESTED' FOR NO KEY UPDATE`,
    [round.id],
  );
  const chosen = rows[0]?.chosen;
  if (chosen === undefined) return; // another tracker was faster
  const room = round.clipsMax === null ? clipIds.length : Math.max(0, round.clipsMax - chosen);
  await tx.query(
    `WITH locked AS (
       SELECT s.clip_id, s.platform, CASE WHEN s.lease_until > $3 THEN s.run_id END AS run_id FROM clip_schedules s
       WHERE s.clip_id = ANY ($2::uuid[]) AND s.next_due_at < 'infinity' ORDER BY s.clip_id FOR NO KEY UPDATE OF s),
     taken AS (
       INSERT INTO tracking_round_clips (round_id, clip_id, platform, run_id)
       SELECT $1, clip_id, platform, run_id FROM locked ON CONFLICT (round_id, clip_id) DO NOTHING
       RETURNING clip_id, run_id),
     counted AS (
       UPDATE tracking_rounds SET chosen = chosen + (SELECT count(*) FROM taken) WHERE id = $1)
     UPDATE clip_schedules s SET next_due_at = $3 FROM taken
     WHERE s.clip_id = taken.clip_id AND taken.run_id IS NULL AND s.next_due_at > $3
       -- The array keeps the planner at these clips; he does not know how few they are.
       AND s.clip_id = ANY ($2::uuid[])`,
    [round.id, clipIds.slice(0, room), startedAt],
  );
}

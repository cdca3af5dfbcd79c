import type { Pool } from 'pg';
import { createChunkSize } from '#src/chunk-size.ts';
import type { Queryable } from '#src/connect.ts';
import { microsFromNumeric, numericFromMicros } from '#src/micros-column.ts';
import type { RoundResult, TrackingRound } from '#src/tracking-round.ts';

/** A snapshot is no older than this before the round, by whatever clock: older partitions are not looked at. */
const CLOCK_SKEW_MS = 24 * 3_600_000;
/** Clips a statement at most: a round of everything may have hundreds of thousands. */
const CHUNK_MAX = 5_000;
/** Clips of ended rounds that are forgotten at once. */
const FORGET_MAX = 2_000;
const NO_CLIP = '00000000-0000-0000-0000-000000000000';

/**
 * Notes what became of a running round's clips and, when nothing is waited for or its time is over, ends it with its sums.
 * A clip counts as read by the snapshot of its run, and what it earned by the ledger entries of the settlement that
 * decided from that snapshot, so each view is counted in one round. Two trackers that look at once end it once.
 *
 * @returns its result if this call ended it; null while it waits, or when it was over
 */
export async function finishTrackingRound(pool: Pool, round: TrackingRound, now: Date): Promise<RoundResult | null> {
  if (round.status !== 'RUNNING' || round.startedAt === null || round.limitAt === null) return null;
  const since = new Date(round.startedAt.getTime() - CLOCK_SKEW_MS);
  await noteAnswers(pool, round.id, since);
  await noteUnread(pool, round.id, round.startedAt, round.limitAt);
  if (now >= round.limitAt) await giveUpRest(pool, round.id);
  else if (await isWaiting(pool, round.id)) return null;
  const result = await sumUp(pool, round.id, since);
  const { rowCount } = await pool.query(
    `UPDATE tracking_rounds SET status = 'ENDED', ended_at = GREATEST($2::timestamptz, requested_at), processed = $3,
       successful = $4, failed = $5, earnings_added = $6, campaigns_completed = $7
     WHERE id = $1 AND status = 'RUNNING'`,
    [
      round.id,
      now,
      result.processed,
      result.successful,
      result.failed,
      numericFromMicros(result.earningsAddedMicros),
      result.campaignsCompleted,
    ],
  );
  return rowCount === 1 ? result : null;
}

/** Whether the clip's campaign closes and holds what the run answered: it is paid, if at all, at the closing round's end. */
const HELD = `EXISTS (
  SELECT FROM clip_submissions cs JOIN campaigns c ON c.id = cs.campaign_id
  JOIN held_observations h ON h.round_id = c.closing_round_id AND h.clip_id = cs.clip_id
  WHERE cs.clip_id = t.clip_id AND cs.status = 'APPROVED' AND h.run_id = t.run_id AND h.outcome = 'found')`;

/**
 * A run's status and its snapshots come with one commit. LATERAL with LIMIT keeps the planner at one look by key for each
 * clip: hashing instead, it would read every snapshot of the last days.
 */
async function noteAnswers(client: Queryable, roundId: string, since: Date): Promise<void> {
  const size = createChunkSize(CHUNK_MAX);
  for (let after = NO_CLIP; ; ) {
    const { result } = await size.timed(() =>
      client.query<{ last: string }>(
        `WITH answered AS (
         SELECT t.clip_id, t.run_id FROM tracking_round_clips t JOIN scrape_runs r ON r.id = t.run_id
         WHERE t.round_id = $1 AND t.outcome IS NULL AND t.clip_id > $3 AND r.status IN ('SETTLED', 'FAILED')
         ORDER BY t.clip_id LIMIT $4),
       judged AS (
         SELECT t.clip_id, CASE WHEN v.is_read THEN 'READ' WHEN NOT ${HELD} THEN 'FAILED' END AS outcome
         FROM answered t LEFT JOIN LATERAL (
           SELECT true AS is_read FROM view_tracking v
           WHERE v.clip_id = t.clip_id AND v.run_id = t.run_id AND v.date >= $2 LIMIT 1) v ON true),
       noted AS (
         UPDATE tracking_round_clips w SET outcome = j.outcome FROM judged j
         WHERE w.round_id = $1 AND w.clip_id = j.clip_id AND w.outcome IS NULL AND j.outcome IS NOT NULL
           AND w.clip_id = ANY (ARRAY(SELECT clip_id FROM judged)))
       SELECT clip_id AS last FROM answered ORDER BY clip_id DESC LIMIT 1`,
        [roundId, since, after, size.rows],
      ),
    );
    const last = result.rows[0]?.last;
    if (last === undefined) return;
    after = last;
  }
}

/**
 * Clips that no run will take any more within the round: nothing wants them read now (paused, finished, revoked), or their
 * platform has reached the day's spending limit or waits beyond the round's time.
 */
async function noteUnread(client: Queryable, roundId: string, startedAt: Date, limitAt: Date): Promise<void> {
  const { rows: waiting } = await client.query<{ platform: string }>(
    `SELECT cause AS platform FROM alerts WHERE kind = 'daily_limit' AND resolved_at IS NULL AND last_seen >= $1
     UNION SELECT platform FROM platform_states WHERE retry_at > $2`,
    [startedAt, limitAt],
  );
  const platforms = waiting.map((row) => row.platform);
  await inChunks(
    client,
    `UPDATE tracking_round_clips w SET outcome = 'SKIPPED' WHERE w.round_id = $1 AND w.outcome IS NULL AND w.run_id IS NULL
       AND w.clip_id = ANY (ARRAY(
         SELECT t.clip_id FROM tracking_round_clips t
         LEFT JOIN clip_schedules s ON s.clip_id = t.clip_id AND s.next_due_at < 'infinity'
         WHERE t.round_id = $1 AND t.run_id IS NULL AND t.outcome IS NULL
           AND (s.clip_id IS NULL OR t.platform = ANY ($3::text[]))
         LIMIT $2))`,
    (limit) => [roundId, limit, platforms],
  );
}

/** Repeats a statement that changes some rows until there are none left for it. Its rows are chosen once, as an array. */
async function inChunks(client: Queryable, statement: string, values: (limit: number) => unknown[]): Promise<void> {
  const size = createChunkSize(CHUNK_MAX);
  for (;;) {
    const { result } = await size.timed(() => client.query(statement, values(size.rows)));
    if (!result.rowCount) return;
  }
}

async function isWaiting(client: Queryable, roundId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM tracking_round_clips WHERE round_id = $1 AND outcome IS NULL LIMIT 1',
    [roundId],
  );
  return rowCount !== 0;
}

/** Its time is over: what is still held was read, what a run still has was not, and the rest nobody began. */
async function giveUpRest(client: Queryable, roundId: string): Promise<void> {
  await inChunks(
    client,
    `UPDATE tracking_round_clips t
     SET outcome = CASE WHEN t.run_id IS NULL THEN 'SKIPPED' WHEN ${HELD} THEN 'READ' ELSE 'FAILED' END
     WHERE t.round_id = $1 AND t.outcome IS NULL AND t.clip_id = ANY (ARRAY(
       SELECT clip_id FROM tracking_round_clips WHERE round_id = $1 AND outcome IS NULL LIMIT $2))`,
    (limit) => [roundId, limit],
  );
}

/**
 * From rows that never change any more. A completion belongs to the settlement in whose transaction it was written, and to
 * the earlier parts of that one's closing round.
 */
async function sumUp(client: Queryable, roundId: string, since: Date): Promise<RoundResult> {
  const { rows } = await client.query<{ read: number; failed: number; earned: string; completed: number }>(
    `WITH decided AS (
       SELECT t.clip_id, v.settlement_id FROM tracking_round_clips t
       JOIN view_tracking v ON v.clip_id = t.clip_id AND v.run_id = t.run_id AND v.date >= $2
       WHERE t.round_id = $1 AND t.outcome = 'READ' AND v.settlement_id IS NOT NULL)
     SELECT count(*) FILTER (WHERE outcome = 'READ')::integer AS read, count(*) FILTER (WHERE outcome = 'FAILED')::integer AS failed,
       (SELECT COALESCE(sum(e.amount), 0)::numeric(20,6) FROM decided d
          JOIN ledger_entries e ON e.clip_id = d.clip_id AND e.settlement_id = d.settlement_id AND e.movement = 'accrue') AS earned,
       (SELECT count(*)::integer FROM campaigns c JOIN settlements s ON s.campaign_id = c.id AND s.number = c.settlement_number
          WHERE c.status = 'COMPLETED' AND c.completed_at = s.created_at AND (s.id IN (SELECT settlement_id FROM decided)
            OR s.round_id IN (SELECT p.round_id FROM settlements p WHERE p.id IN (SELECT settlement_id FROM decided)))) AS completed
     FROM tracking_round_clips WHERE round_id = $1`,
    [roundId, since],
  );
  const row = rows[0] ?? { read: 0, failed: 0, earned: '0', completed: 0 };
  return {
    processed: row.read + row.failed,
    successful: row.read,
    failed: row.failed,
    earningsAddedMicros: microsFromNumeric(row.earned),
    campaignsCompleted: row.completed,
  };
}

/** Forgets the clips of rounds that have ended: their sums are kept. Some at a time. */
export async function forgetRoundClips(client: Queryable): Promise<void> {
  await client.query(
    `DELETE FROM tracking_round_clips WHERE ctid = ANY (ARRAY(
       SELECT t.ctid FROM tracking_round_clips t JOIN tracking_rounds r ON r.id = t.round_id
       WHERE r.status = 'ENDED' LIMIT $1))`,
    [FORGET_MAX],
  );
}

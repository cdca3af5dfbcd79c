import type { Micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';
import { microsFromNumeric, numericFromMicros } from '#src/micros-column.ts';
import type { Tx } from '#src/transaction.ts';

/** Where a run stands: recorded before it is started, so that a crash can find it again; settled or failed at the end. */
export type RunStatus = 'RECORDED' | 'STARTED' | 'SETTLED' | 'FAILED';

/** A run as its job needs it. */
export interface RunRecord {
  readonly id: string;
  readonly platform: Platform;
  readonly source: string;
  readonly status: RunStatus;
  readonly externalRunId: string | null;
  readonly recordedAt: Date;
  readonly clips: readonly RunClip[];
}

/** A clip of a run: what the platform is asked for. */
export interface RunClip {
  readonly clipId: string;
  readonly externalId: string;
  readonly url: string;
  readonly authorHandle: string | null;
}

/**
 * Records a run before anything is asked of the platform, in the transaction that claims its clips. It answers for the round
 * that waits for some of them, too.
 */
export async function recordRun(
  tx: Tx,
  run: { runId: string; platform: Platform; source: string; clipIds: readonly string[]; now: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO scrape_runs (id, platform, source, clip_ids, claimed, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [run.runId, run.platform, run.source, run.clipIds, run.clipIds.length, run.now],
  );
  await tx.query(
    'UPDATE tracking_round_clips SET run_id = $1 WHERE clip_id = ANY ($2::uuid[]) AND run_id IS NULL AND outcome IS NULL',
    [run.runId, run.clipIds],
  );
}

/** Reads a run with the clips it is about; null if there is none. */
export async function readRun(client: Queryable, runId: string): Promise<RunRecord | null> {
  const { rows } = await client.query<{
    id: string;
    platform: Platform;
    source: string;
    status: RunStatus;
    external_run_id: string | null;
    created_at: Date;
    clips: { clipId: string; externalId: string; url: string; authorHandle: string | null }[] | null;
  }>(
    `SELECT r.id, r.platform, r.source, r.status, r.external_run_id, r.created_at,
       (SELECT jsonb_agg(jsonb_build_object('clipId', c.id, 'externalId', c.external_id, 'url', c.url, 'authorHandle', c.author_handle) ORDER BY c.id)
          FROM clips c WHERE c.id = ANY (r.clip_ids)) AS clips
     FROM scrape_runs r WHERE r.id = $1`,
    [runId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    id: row.id,
    platform: row.platform,
    source: row.source,
    status: row.status,
    externalRunId: row.external_run_id,
    recordedAt: row.created_at,
    clips: row.clips ?? [],
  };
}

/**
 * Stores the platform's own id of a run that was started or adopted. The first id wins: a second start can never hide it.
 *
 * @returns the id that the run has now
 */
export async function markRunStarted(
  client: Queryable,
  run: { runId: string; externalRunId: string; startedAt: Date },
): Promise<string> {
  const { rows } = await client.query<{ external_run_id: string }>(
    `UPDATE scrape_runs SET external_run_id = COALESCE(external_run_id, $2), started_at = COALESCE(started_at, $3),
       status = CASE WHEN status = 'RECORDED' THEN 'STARTED' ELSE status END
     WHERE id = $1 RETURNING external_run_id`,
    [run.runId, run.externalRunId, run.startedAt],
  );
  const row = rows[0];
  if (!row) throw new Error(`There is no scrape run ${run.runId}`);
  return row.external_run_id;
}

/**
 * Gives a run's clips back to the schedule without an observation: the platform could not be asked, or did not answer.
 * What was parked meanwhile stays parked, and nothing is counted against a clip for what its platform refused.
 */
export async function releaseRun(
  tx: Tx,
  release: { runId: string; retryAt: Date; error: string; now: Date; costMicros?: Micros | null },
): Promise<void> {
  await tx.query(
    `WITH mine AS (
       SELECT clip_id FROM clip_schedules
       WHERE run_id = $1 AND clip_id = ANY ((SELECT clip_ids FROM scrape_runs WHERE id = $1)::uuid[])
       ORDER BY clip_id FOR NO KEY UPDATE)
     UPDATE clip_schedules s SET lease_until = NULL, run_id = NULL,
       next_due_at = CASE WHEN s.next_due_at = 'infinity' THEN s.next_due_at ELSE $2 END, last_outcome = 'unknown', last_reason = $3
     FROM mine WHERE s.clip_id = mine.clip_id`,
    [release.runId, release.retryAt, release.error],
  );
  await tx.query(
    `UPDATE scrape_runs SET status = 'FAILED', error = $2, ended_at = COALESCE(ended_at, $3), cost = COALESCE($4::numeric, cost),
       read = 0, unknown = claimed, unavailable = 0, credited = 0
     WHERE id = $1 AND status IN ('RECORDED', 'STARTED')`,
    [
      release.runId,
      release.error,
      release.now,
      release.costMicros == null ? null : numericFromMicros(release.costMicros),
    ],
  );
}

/**
 * Notes a run that read a profile and no clip, once, so that its bill is in the day's spending. What it cost comes later,
 * as with every run.
 */
export async function recordProfileRun(
  client: Queryable,
  run: { runId: string; platform: Platform; source: string; externalRunId: string; now: Date },
): Promise<void> {
  await client.query(
    `INSERT INTO scrape_runs (id, platform, source, status, clip_ids, external_run_id, started_at, ended_at, claimed, read, unknown,
       unavailable, credited, created_at)
     VALUES ($1, $2, $3, 'SETTLED', '{}', $4, $5, $5, 0, 0, 0, 0, 0, $5) ON CONFLICT (id) DO NOTHING`,
    [run.runId, run.platform, run.source, run.externalRunId, run.now],
  );
}

/** How long before a look its predecessor's run may have been noted and still be taken for one of its own. */
const CLOCKS_DIFFER_BY_MS = 60_000;

/** Runs that had read a profile and were noted shortly before this time: each answered an earlier look. */
export async function readAnsweredProfileRuns(
  client: Queryable,
  { platform, before }: { platform: Platform; before: Date },
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ external_run_id: string }>(
    `SELECT external_run_id FROM scrape_runs
     WHERE platform = $1 AND created_at > $2 AND created_at <= $3 AND claimed = 0 AND external_run_id IS NOT NULL`,
    [platform, new Date(before.getTime() - CLOCKS_DIFFER_BY_MS), before],
  );
  return new Set(rows.map((row) => row.external_run_id));
}

/** Stores what a run cost, once the platform has settled its bill. */
export async function recordRunCost(
  client: Queryable,
  cost: { runId: string; costMicros: Micros; isFinal: boolean },
): Promise<void> {
  await client.query('UPDATE scrape_runs SET cost = $2, cost_is_final = $3 WHERE id = $1', [
    cost.runId,
    numericFromMicros(cost.costMicros),
    cost.isFinal,
  ]);
}

/**
 * What a platform's runs have cost in a day, in micros, what their reads come to at the price of a read, and when the last
 * of them was recorded. A run whose
 * final cost is not known yet counts at what it may cost, so that runs in flight cannot overdraw the day's limit. One
 * that was in flight at the day's beginning counts in both days: whichever the platform bills it to, no day exceeds.
 */
export async function readDaySpending(
  client: Queryable,
  day: { platform: Platform; since: Date; minimumChargeMicros: Micros; pricePerResultMicros: Micros },
): Promise<{ spentMicros: Micros; readsMicros: Micros; lastRunAt: Date | null }> {
  const { rows } = await client.query<{ spent: string; reads: string; last_run_at: Date | null }>(
    `SELECT COALESCE(sum(CASE WHEN cost_is_final THEN cost
                              WHEN status = 'FAILED' AND external_run_id IS NULL THEN COALESCE(cost, 0)
                              ELSE GREATEST(cost, claimed * $3::numeric, $4::numeric) END), 0)::numeric(20,6) AS spent,
       COALESCE(sum(CASE WHEN status = 'FAILED' THEN 0 ELSE claimed * $3::numeric END), 0)::numeric(20,6) AS reads,
       max(created_at) FILTER (WHERE created_at >= $2) AS last_run_at
     FROM scrape_runs
     WHERE platform = $1 AND created_at >= $2::timestamptz - interval '1 day'
       AND (created_at >= $2 OR ended_at IS NULL OR ended_at >= $2)`,
    [day.platform, day.since, numericFromMicros(day.pricePerResultMicros), numericFromMicros(day.minimumChargeMicros)],
  );
  const [row] = rows;
  return {
    spentMicros: microsFromNumeric(row?.spent ?? '0'),
    readsMicros: microsFromNumeric(row?.reads ?? '0'),
    lastRunAt: row?.last_run_at ?? null,
  };
}

import { type ChartChanges, chartChanges } from '#src/chart-changes.ts';
import type { Queryable } from '#src/connect.ts';

/** Whose clips are drawn: a clipper's, or one submission's. */
export type OwnScope = { readonly userId: string } | { readonly submissionId: string };

/** The first approval in a scope: its curve begins there. Null: nothing was approved. */
export async function readFirstApproval(client: Queryable, scope: OwnScope): Promise<Date | null> {
  const { rows } = await client.query<{ at: Date | null }>(
    `SELECT min(coalesce(approval_requested_at, approved_at)) AS at FROM clip_submissions cs
     WHERE ${conditionOf(scope)} AND approved_at IS NOT NULL`,
    [idOf(scope)],
  );
  return rows[0]?.at ?? null;
}

/**
 * Sums the reads of approved clips, from their approval until it was taken back, and what they were credited. Reads before
 * `from` are not gone through: each clip's last one stands for them.
 */
export async function readOwnChartChanges(
  client: Queryable,
  want: { scope: OwnScope; from: Date; bucketSeconds: number },
): Promise<ChartChanges> {
  const values = [idOf(want.scope), want.from, want.bucketSeconds];
  const reads = await client.query<{ bucket: Date | null; change: string }>(
    `WITH own AS (
       SELECT cs.clip_id, cs.metric, coalesce(cs.approval_requested_at, cs.approved_at) AS since,
         CASE WHEN cs.status = 'REVOKED' THEN (SELECT max(ch.created_at) FROM submission_status_changes ch
           WHERE ch.submission_id = cs.id AND ch.to_status = 'REVOKED') ELSE 'infinity' END AS until
       FROM clip_submissions cs WHERE ${conditionOf(want.scope)} AND cs.approved_at IS NOT NULL),
     before AS (
       SELECT own.*, (SELECT v.views FROM view_tracking v
         WHERE v.clip_id = own.clip_id AND v.metric = own.metric AND v.flag IS NULL
           AND v.date >= own.since AND v.date < LEAST($2, own.until) ORDER BY v.date DESC LIMIT 1) AS views
       FROM own),
     reads AS (
       SELECT v.date, v.views - coalesce(lag(v.views) OVER (PARTITION BY v.clip_id, b.since ORDER BY v.date), b.views, 0) AS change
       FROM before b JOIN view_tracking v ON v.clip_id = b.clip_id AND v.metric = b.metric AND v.flag IS NULL
         AND v.date >= GREATEST($2, b.since) AND v.date < b.until)
     SELECT NULL AS bucket, coalesce(sum(views), 0) AS change FROM before
     UNION ALL
     SELECT date_bin(make_interval(secs => $3), date, 'epoch'::timestamptz), sum(change) FROM reads GROUP BY 1
     ORDER BY 1 NULLS FIRST`,
    values,
  );
  const credits = await client.query<{ bucket: Date | null; credited: string }>(
    `SELECT CASE WHEN e.event_at >= $2 THEN date_bin(make_interval(secs => $3), e.event_at, 'epoch'::timestamptz) END AS bucket,
       sum(e.amount)::numeric(20,6) AS credited
     FROM ${creditsOf(want.scope)} GROUP BY 1`,
    values,
  );
  return chartChanges(reads.rows, credits.rows);
}

const idOf = (scope: OwnScope): string => ('userId' in scope ? scope.userId : scope.submissionId);

const conditionOf = (scope: OwnScope): string => ('userId' in scope ? 'cs.user_id = $1' : 'cs.id = $1');

/** Accruals to the clipper's pending accounts; of one submission, those of its clip in its campaign. */
const creditsOf = (scope: OwnScope): string =>
  'userId' in scope
    ? `ledger_accounts a JOIN ledger_entries e ON e.to_account = a.id AND e.movement = 'accrue'
       WHERE a.user_id = $1 AND a.kind = 'pending'`
    : `clip_submissions cs JOIN ledger_accounts a ON a.kind = 'pending' AND a.user_id = cs.user_id AND a.campaign_id = cs.campaign_id
       JOIN ledger_entries e ON e.clip_id = cs.clip_id AND e.to_account = a.id AND e.movement = 'accrue'
       WHERE cs.id = $1`;

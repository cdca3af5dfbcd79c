import type { Micros } from '@clipmeter/core/money';
import type { Queryable } from '#src/connect.ts';
import { microsFromNumeric } from '#src/micros-column.ts';

/** One thing that happened to a submission. */
export interface SubmissionHistoryRow {
  readonly id: string;
  readonly kind:
    | 'submitted'
    | 'asked'
    | 'approved'
    | 'rejected'
    | 'withdrawn'
    | 'revoked'
    | 'held'
    | 'released'
    | 'reversed';
  readonly reason: string | null;
  /** Null: the tracker did it. */
  readonly by: string | null;
  /** Set for what was taken back. */
  readonly amountMicros: Micros | null;
  readonly at: Date;
}

/** Everything that happened to a submission, the latest first: few rows, from four logs. */
export async function readSubmissionHistory(client: Queryable, submissionId: string): Promise<SubmissionHistoryRow[]> {
  const { rows } = await client.query<{
    id: string;
    kind: SubmissionHistoryRow['kind'];
    reason: string | null;
    name: string | null;
    amount: string | null;
    created_at: Date;
  }>(
    `SELECT e.id, e.kind, e.reason, u.name, e.amount, e.created_at FROM (
       SELECT id::text, CASE to_status WHEN 'PENDING' THEN 'submitted' ELSE lower(to_status) END AS kind, reason, actor_id,
         NULL::numeric AS amount, created_at FROM submission_status_changes WHERE submission_id = $1
       UNION ALL SELECT 'asked', 'asked', NULL, approval_requested_by, NULL, approval_requested_at FROM clip_submissions
         WHERE id = $1 AND approval_requested_at IS NOT NULL
       UNION ALL SELECT 'hold ' || number, CASE WHEN held THEN 'held' ELSE 'released' END, reason, actor_id, NULL, created_at
         FROM submission_hold_changes WHERE submission_id = $1
       UNION ALL SELECT id::text, 'reversed', reason, actor_id, amount, created_at FROM earnings_reversals WHERE submission_id = $1
     ) e LEFT JOIN users u ON u.id = e.actor_id ORDER BY e.created_at DESC, e.kind`,
    [submissionId],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    reason: row.reason,
    by: row.name,
    amountMicros: row.amount === null ? null : microsFromNumeric(row.amount),
    at: row.created_at,
  }));
}

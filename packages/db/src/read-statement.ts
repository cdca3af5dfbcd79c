import type { Metric } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';

/** One credit of a submission, with the read that earned it, the terms it was judged by and its settlement. */
export interface CreditRow {
  /** The ledger entry's number. */
  entryId: string;
  amount: string;
  eventAt: Date;
  settlementNumber: number;
  settlementKind: 'BATCH' | 'CLOSING';
  /** What the campaign had left before that settlement, and what all its clips were owed. */
  leftBefore: string;
  owedInAll: string;
  /** The count that was paid for; of a clip that its closing round could not read, the last one known. */
  readAt: Date;
  views: string;
  terms: {
    number: number;
    since: Date;
    metric: Metric;
    initialViews: string;
    ratePer1000: string;
    cap: string | null;
    minViews: string;
    carried: string;
  };
}

/** A submission's credits, newest first. Each is found by its clip and its clipper's account of the campaign. */
export async function readCredits(
  client: Queryable,
  want: { submissionId: string; before: string | null; limit: number },
): Promise<CreditRow[]> {
  const { rows } = await client.query<{
    id: string;
    amount: string;
    event_at: Date;
    number: string;
    kind: 'BATCH' | 'CLOSING';
    left_before: string;
    owed: string;
    read_at: Date;
    views: string;
    terms_number: number;
    terms_since: Date;
    metric: Metric;
    initial_views: string;
    payout_rate: string;
    cap: string | null;
    min_views: string;
    carried: string;
  }>(
    `SELECT e.id, e.amount, e.event_at, s.number, s.kind, s.left_before, s.owed,
       coalesce(v.date, t.created_at) AS read_at, coalesce(v.views, t.initial_views) AS views,
       t.number AS terms_number, t.created_at AS terms_since, t.metric, t.initial_views, t.payout_rate, t.cap, t.min_views, t.carried
     FROM clip_submissions cs ${CREDITS}
     LEFT JOIN LATERAL (
       SELECT v.date, v.views FROM view_tracking v
       WHERE v.clip_id = cs.clip_id AND v.metric = t.metric AND v.flag IS NULL AND v.date <= e.event_at
       ORDER BY v.date DESC LIMIT 1) v ON true
     WHERE cs.id = $1 AND ($2::bigint IS NULL OR e.id < $2) AND ${UNTIL_REVOKED}
     ORDER BY e.id DESC LIMIT $3`,
    [want.submissionId, want.before, want.limit],
  );
  return rows.map((row) => ({
    entryId: row.id,
    amount: row.amount,
    eventAt: row.event_at,
    settlementNumber: Number(row.number),
    settlementKind: row.kind,
    leftBefore: row.left_before,
    owedInAll: row.owed,
    readAt: row.read_at,
    views: row.views,
    terms: {
      number: row.terms_number,
      since: row.terms_since,
      metric: row.metric,
      initialViews: row.initial_views,
      ratePer1000: row.payout_rate,
      cap: row.cap,
      minViews: row.min_views,
      carried: row.carried,
    },
  }));
}

/** What a submission's credits come to, added up from the ledger. */
export async function sumCredits(client: Queryable, submissionId: string): Promise<string> {
  const { rows } = await client.query<{ credited: string }>(
    `SELECT coalesce(sum(e.amount), 0)::numeric(20,6) AS credited FROM clip_submissions cs ${CREDITS}
     WHERE cs.id = $1 AND ${UNTIL_REVOKED}`,
    [submissionId],
  );
  return rows[0]?.credited ?? '0.000000';
}

// The same video may have earned in the campaign before, or again after it was revoked: the terms' settlements and the
// revocation's tell apart whose credit it is.
const CREDITS = `
  JOIN ledger_accounts a ON a.kind = 'pending' AND a.user_id = cs.user_id AND a.campaign_id = cs.campaign_id
  JOIN ledger_entries e ON e.clip_id = cs.clip_id AND e.to_account = a.id AND e.movement = 'accrue'
  JOIN settlements s ON s.id = e.settlement_id
  JOIN LATERAL (
    SELECT * FROM submission_terms t WHERE t.submission_id = cs.id AND t.settlement_number < s.number
    ORDER BY t.number DESC LIMIT 1) t ON true`;

const UNTIL_REVOKED = `(cs.status <> 'REVOKED' OR s.number <= (
    SELECT max(ch.settlement_number) FROM submission_status_changes ch
    WHERE ch.submission_id = cs.id AND ch.to_status = 'REVOKED'))`;

export interface ReversalRow {
  id: string;
  at: Date;
  amount: string;
  fromKind: 'pending' | 'available';
  reason: string;
}

/** What an admin took back of a submission's earnings, newest first. */
export async function readReversals(client: Queryable, submissionId: string): Promise<ReversalRow[]> {
  const { rows } = await client.query<{
    id: string;
    created_at: Date;
    amount: string;
    from_kind: 'pending' | 'available';
    reason: string;
  }>(
    `SELECT id, created_at, amount, from_kind, reason FROM earnings_reversals
     WHERE submission_id = $1 ORDER BY created_at DESC, id DESC`,
    [submissionId],
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.created_at,
    amount: row.amount,
    fromKind: row.from_kind,
    reason: row.reason,
  }));
}

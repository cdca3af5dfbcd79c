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
  const place = await readPlace(client, want.submissionId);
  if (place === null) return [];
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
    `WITH page AS MATERIALIZED (
       SELECT e.id, e.clip_id, e.amount, e.event_at, s.number, s.kind, s.left_before, s.owed FROM ${CREDITS}
         ${want.before === null ? '' : 'AND e.id < $7'}
       ORDER BY e.id DESC LIMIT $5)
     SELECT p.*, coalesce(v.date, t.created_at) AS read_at, coalesce(v.views, t.initial_views) AS views, t.number AS terms_number,
       t.created_at AS terms_since, t.metric, t.initial_views, t.payout_rate, t.cap, t.min_views, t.carried
     FROM page p
     CROSS JOIN LATERAL (
       SELECT * FROM submission_terms t WHERE t.submission_id = $6 AND t.settlement_number < p.number
       ORDER BY t.number DESC LIMIT 1) t
     LEFT JOIN LATERAL (
       SELECT v.date, v.views FROM view_tracking v
       WHERE v.clip_id = p.clip_id AND v.metric = t.metric AND v.flag IS NULL AND v.date <= p.event_at
       ORDER BY v.date DESC LIMIT 1) v ON true
     ORDER BY p.id DESC`,
    [...valuesOf(place), want.limit, want.submissionId, ...(want.before === null ? [] : [want.before])],
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
  const place = await readPlace(client, submissionId);
  if (place === null) return '0.000000';
  const { rows } = await client.query<{ credited: string }>(
    `SELECT coalesce(sum(e.amount), 0)::numeric(20,6) AS credited FROM ${CREDITS}`,
    valuesOf(place),
  );
  return rows[0]?.credited ?? '0.000000';
}

/** Where a submission's credits are: entries of its clip to its clipper's account of the campaign. */
interface CreditsPlace {
  clipId: string;
  accountId: string;
  /** The same video may have earned here before, or again after it was revoked: only settlements between these count. */
  after: string;
  through: string | null;
}

async function readPlace(client: Queryable, submissionId: string): Promise<CreditsPlace | null> {
  const { rows } = await client.query<{ clip_id: string; account: string; after: string; through: string | null }>(
    `SELECT cs.clip_id, a.id AS account, t.settlement_number AS after,
       CASE WHEN cs.status = 'REVOKED' THEN (SELECT max(ch.settlement_number) FROM submission_status_changes ch
         WHERE ch.submission_id = cs.id AND ch.to_status = 'REVOKED') END AS through
     FROM clip_submissions cs
       JOIN submission_terms t ON t.submission_id = cs.id AND t.number = 1
       JOIN ledger_accounts a ON a.kind = 'pending' AND a.user_id = cs.user_id AND a.campaign_id = cs.campaign_id
     WHERE cs.id = $1`,
    [submissionId],
  );
  const [row] = rows;
  return row === undefined
    ? null
    : { clipId: row.clip_id, accountId: row.account, after: row.after, through: row.through };
}

const valuesOf = ({ clipId, accountId, after, through }: CreditsPlace) => [clipId, accountId, after, through];

// Read along the index of clip and entry: a page costs the same wherever it is. LIMIT keeps the lookup of a settlement one.
const CREDITS = `ledger_entries e CROSS JOIN LATERAL (
    SELECT * FROM settlements WHERE id = e.settlement_id AND number > $3 AND number <= coalesce($4, 9223372036854775807) LIMIT 1) s
  WHERE e.clip_id = $1 AND e.to_account = $2 AND e.movement = 'accrue'`;

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

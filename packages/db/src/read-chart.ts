import type { CampaignStatus } from '@clipmeter/core/campaign-state';
import { type ChartChanges, chartChanges } from '#src/chart-changes.ts';
import type { Queryable } from '#src/connect.ts';

/**
 * Sums the reads of a campaign's clips since their approval. Only definite counts of the frozen metric that settled or
 * would have: a mismatched metric, a doubtful jump and a late result are left out.
 */
export async function readChartChanges(
  client: Queryable,
  want: { campaignId: string; from: Date; bucketSeconds: number },
): Promise<ChartChanges> {
  const values = [want.campaignId, want.from, want.bucketSeconds];
  const reads = await client.query<{ bucket: Date | null; change: string }>(
    `WITH reads AS (
       SELECT v.date, v.views - coalesce(lag(v.views) OVER (PARTITION BY v.clip_id ORDER BY v.date), 0) AS change
       FROM clip_submissions cs JOIN view_tracking v ON v.clip_id = cs.clip_id AND v.metric = cs.metric
       WHERE cs.campaign_id = $1 AND cs.status IN ('APPROVED', 'REVOKED') AND v.flag IS NULL
         AND v.date >= coalesce(cs.approval_requested_at, cs.approved_at))
     SELECT CASE WHEN date >= $2 THEN date_bin(make_interval(secs => $3), date, 'epoch'::timestamptz) END AS bucket,
       sum(change) AS change
     FROM reads GROUP BY 1 ORDER BY 1 NULLS FIRST`,
    values,
  );
  const credits = await client.query<{ bucket: Date | null; credited: string }>(
    `SELECT CASE WHEN created_at >= $2 THEN date_bin(make_interval(secs => $3), created_at, 'epoch'::timestamptz) END AS bucket,
       sum(credited)::numeric(20,6) AS credited
     FROM settlements WHERE campaign_id = $1 GROUP BY 1`,
    values,
  );
  return chartChanges(reads.rows, credits.rows);
}

/** Of an edit: the terms that it changed, and only those. Money as decimal strings. */
export interface TermsThen {
  ratePer1000?: string;
  capPerClip?: string | null;
  rates?: unknown;
}

export type MarkRow =
  | { kind: 'status'; at: Date; to: CampaignStatus; reason: string | null }
  | { kind: 'funding'; at: Date; amount: string }
  | { kind: 'terms'; at: Date; before: TermsThen; after: TermsThen }
  | { kind: 'approval'; at: Date; title: string | null };

/** What a draft went through is nobody's business. */
const PUBLISHED = `(SELECT min(created_at) FROM campaign_status_changes WHERE campaign_id = $1::uuid AND from_status = 'DRAFT')`;

/** Marks of each kind at most. */
const MARKS_MAX = 50;

/** What is marked on the axis. Approvals of one clipper's clips, or of all. */
export async function readMarks(
  client: Queryable,
  want: { campaignId: string; approvalsOf: string | null },
): Promise<MarkRow[]> {
  const statuses = await client.query<{ at: Date; to: CampaignStatus; reason: string | null }>(
    `SELECT created_at AS at, to_status AS to, reason FROM campaign_status_changes
     WHERE campaign_id = $1 AND from_status IS NOT NULL ORDER BY created_at DESC LIMIT $2`,
    [want.campaignId, MARKS_MAX],
  );
  const fundings = await client.query<{ at: Date; amount: string }>(
    `SELECT created_at AS at, amount FROM campaign_fundings
     WHERE campaign_id = $1 AND kind = 'TOP_UP' AND created_at >= ${PUBLISHED} ORDER BY created_at DESC LIMIT $2`,
    [want.campaignId, MARKS_MAX],
  );
  const terms = await client.query<{ at: Date; before: TermsThen; after: TermsThen }>(
    `SELECT created_at AS at, details->'before' AS before, details->'after' AS after FROM audit_log
     WHERE subject_kind = 'campaign' AND subject_id = $1::text AND action = 'campaign.edit' AND created_at >= ${PUBLISHED}
       AND details->'after' ?| ARRAY['ratePer1000', 'capPerClip', 'rates'] ORDER BY created_at DESC LIMIT $2`,
    [want.campaignId, MARKS_MAX],
  );
  const approvals = await client.query<{ at: Date; title: string | null }>(
    `SELECT cs.approved_at AS at, c.title FROM clip_submissions cs JOIN clips c ON c.id = cs.clip_id
     WHERE cs.campaign_id = $1 AND cs.approved_at IS NOT NULL AND ($2::uuid IS NULL OR cs.user_id = $2)
     ORDER BY cs.approved_at DESC LIMIT $3`,
    [want.campaignId, want.approvalsOf, MARKS_MAX],
  );
  return [
    ...statuses.rows.map((row) => ({ kind: 'status', ...row }) as const),
    ...fundings.rows.map((row) => ({ kind: 'funding', ...row }) as const),
    ...terms.rows.map((row) => ({ kind: 'terms', ...row }) as const),
    ...approvals.rows.map((row) => ({ kind: 'approval', ...row }) as const),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}

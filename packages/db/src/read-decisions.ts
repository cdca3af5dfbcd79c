import type { Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';

export interface DecisionFilter {
  readonly campaignId: string | null;
  readonly platform: Platform | null;
  readonly after: { createdAt: Date; id: string } | null;
  readonly limit: number;
}

/** A decision that took effect. A submission may have two: approved, then revoked. */
export interface DecisionRow {
  readonly id: string;
  readonly submissionId: string;
  readonly clipId: string;
  readonly campaign: { readonly id: string; readonly title: string };
  readonly clipper: { readonly id: string; readonly name: string };
  readonly platform: Platform;
  readonly url: string;
  readonly title: string | null;
  readonly hasThumbnail: boolean;
  readonly decision: 'APPROVED' | 'REJECTED' | 'REVOKED';
  readonly reason: string | null;
  /** Null: the tracker did it. */
  readonly by: string | null;
  readonly at: Date;
}

/** What was decided, the latest first. */
export async function readDecisions(client: Queryable, filter: DecisionFilter): Promise<DecisionRow[]> {
  const { rows } = await client.query<{
    id: string;
    submission_id: string;
    clip_id: string;
    campaign_id: string;
    campaign_title: string;
    user_id: string;
    user_name: string;
    platform: Platform;
    url: string;
    title: string | null;
    has_thumbnail: boolean;
    to_status: DecisionRow['decision'];
    reason: string | null;
    actor_name: string | null;
    created_at: Date;
  }>(
    `SELECT h.id, h.submission_id, cs.clip_id, cs.campaign_id, camp.title AS campaign_title, cs.user_id, u.name AS user_name,
       c.platform, c.url, c.title, h.to_status, h.reason, a.name AS actor_name, h.created_at,
       EXISTS (SELECT FROM clip_thumbnails t WHERE t.clip_id = c.id AND t.image IS NOT NULL) AS has_thumbnail
     FROM (
       SELECT h.* FROM submission_status_changes h
       WHERE h.to_status IN ('APPROVED', 'REJECTED', 'REVOKED')
         AND ($1::uuid IS NULL OR EXISTS (SELECT FROM clip_submissions o WHERE o.id = h.submission_id AND o.campaign_id = $1))
         AND ($5::text IS NULL OR EXISTS (
           SELECT FROM clip_submissions o JOIN clips p ON p.id = o.clip_id WHERE o.id = h.submission_id AND p.platform = $5))
         AND ($2::timestamptz IS NULL OR (h.created_at, h.id) < ($2, $3::uuid))
       ORDER BY h.created_at DESC, h.id DESC LIMIT $4) h
       JOIN clip_submissions cs ON cs.id = h.submission_id JOIN clips c ON c.id = cs.clip_id
       JOIN campaigns camp ON camp.id = cs.campaign_id JOIN users u ON u.id = cs.user_id
       LEFT JOIN users a ON a.id = h.actor_id
     ORDER BY h.created_at DESC, h.id DESC`,
    [filter.campaignId, filter.after?.createdAt ?? null, filter.after?.id ?? null, filter.limit, filter.platform],
  );
  return rows.map((row) => ({
    id: row.id,
    submissionId: row.submission_id,
    clipId: row.clip_id,
    campaign: { id: row.campaign_id, title: row.campaign_title },
    clipper: { id: row.user_id, name: row.user_name },
    platform: row.platform,
    url: row.url,
    title: row.title,
    hasThumbnail: row.has_thumbnail,
    decision: row.to_status,
    reason: row.reason,
    by: row.actor_name,
    at: row.created_at,
  }));
}

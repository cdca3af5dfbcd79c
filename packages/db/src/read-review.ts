import type { Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';

export interface ReviewRow {
  submissionId: string;
  clipId: string;
  campaignId: string;
  campaignTitle: string;
  clipper: { id: string; name: string };
  platform: Platform;
  url: string;
  title: string | null;
  authorHandle: string | null;
  accountVerified: boolean;
  approvalRequestedAt: string | null;
  approvalBlocked: string | null;
  createdAt: string;
}

export interface ReviewFilter {
  readonly campaignId: string | null;
  readonly after: { createdAt: Date; id: string } | null;
  readonly limit: number;
}

/** Pending submissions, oldest first. */
export async function readReview(client: Queryable, filter: ReviewFilter): Promise<ReviewRow[]> {
  const { rows } = await client.query<{
    id: string;
    clip_id: string;
    campaign_id: string;
    campaign_title: string;
    user_id: string;
    user_name: string;
    platform: Platform;
    url: string;
    title: string | null;
    author_handle: string | null;
    account_verified: boolean;
    approval_requested_at: Date | null;
    approval_blocked: string | null;
    created_at: Date;
  }>(
    `SELECT cs.id, cs.clip_id, cs.campaign_id, camp.title AS campaign_title, cs.user_id, u.name AS user_name, c.platform,
       c.url, c.title, c.author_handle, sa.verified_at IS NOT NULL AS account_verified, cs.approval_requested_at,
       cs.approval_blocked, cs.created_at
     FROM clip_submissions cs JOIN clips c ON c.id = cs.clip_id JOIN campaigns camp ON camp.id = cs.campaign_id
       JOIN users u ON u.id = cs.user_id LEFT JOIN social_accounts sa ON sa.id = cs.social_account_id
     WHERE cs.status = 'PENDING' AND ($1::uuid IS NULL OR cs.campaign_id = $1)
       AND ($2::timestamptz IS NULL OR (cs.created_at, cs.id) > ($2, $3::uuid))
     ORDER BY cs.created_at, cs.id LIMIT $4`,
    [filter.campaignId, filter.after?.createdAt ?? null, filter.after?.id ?? null, filter.limit],
  );
  return rows.map((row) => ({
    submissionId: row.id,
    clipId: row.clip_id,
    campaignId: row.campaign_id,
    campaignTitle: row.campaign_title,
    clipper: { id: row.user_id, name: row.user_name },
    platform: row.platform,
    url: row.url,
    title: row.title,
    authorHandle: row.author_handle,
    accountVerified: row.account_verified,
    approvalRequestedAt: row.approval_requested_at?.toISOString() ?? null,
    approvalBlocked: row.approval_blocked,
    createdAt: row.created_at.toISOString(),
  }));
}

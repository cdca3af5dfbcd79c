import type { CampaignStatus, CompletionReason } from '@clipmeter/core/campaign-state';
import type { Metric, Platform } from '@clipmeter/core/platform';
import type { SubmissionStatus } from '@clipmeter/core/submission-state';
import type { Queryable } from '#src/connect.ts';

/** A clip in a campaign, with everything an admin may see. What a clipper may see is the API's to cut. */
export interface ClipRow {
  clipId: string;
  submissionId: string;
  campaignId: string;
  campaignTitle: string;
  campaignStatus: CampaignStatus;
  campaignCompletionReason: CompletionReason | null;
  campaignReleased: boolean;
  userId: string;
  userName: string;
  rank: number;
  version: number;
  platform: Platform;
  url: string;
  title: string | null;
  authorHandle: string | null;
  thumbnailUrl: string | null;
  publishedAt: string | null;
  availability: 'UNREAD' | 'LIVE' | 'PRIVATE' | 'GONE';
  status: SubmissionStatus;
  approvalBlocked: string | null;
  metric: Metric | null;
  views: number;
  initialViews: number | null;
  doubtful: boolean;
  lastReadAt: string | null;
  nextReadAt: string | null;
  /** The last read that found more views; null if none did since that is kept. */
  grewAt: string | null;
  terms: ClipTerms | null;
  /** Why it is on hold. */
  heldReason: string | null;
  /** Why its approval was taken back. */
  revokedReason: string | null;
  /** In this campaign, in all. */
  credited: string;
  /** Lifetime. */
  earnings: string;
}

/** What its approval froze. */
export interface ClipTerms {
  approvedAt: string;
  ratePer1000: string;
  cap: string | null;
  minViews: number;
  carried: string;
}

interface Columns {
  clip_id: string;
  submission_id: string;
  campaign_id: string;
  campaign_title: string;
  campaign_status: CampaignStatus;
  campaign_completion_reason: CompletionReason | null;
  campaign_released: boolean;
  user_id: string;
  user_name: string;
  rank: string;
  version: string;
  platform: Platform;
  url: string;
  title: string | null;
  author_handle: string | null;
  thumbnail_url: string | null;
  published_at: Date | null;
  availability: 'UNREAD' | 'LIVE' | 'PRIVATE' | 'GONE';
  status: SubmissionStatus;
  approval_blocked: string | null;
  metric: Metric | null;
  views: string;
  initial_views: string | null;
  doubtful: boolean;
  last_read_at: Date | null;
  next_due_at: Date | null;
  grew_at: Date | null;
  approved_at: Date | null;
  payout_rate: string | null;
  cap: string | null;
  min_views: string | null;
  carried: string;
  held_reason: string | null;
  revoked_reason: string | null;
  credited: string;
  earnings: string;
}

// The clips of a paused campaign are parked at infinity. A clip whose video was approved elsewhere later has grown since; what it earned here was written down at the release.
const COLUMNS = `c.id AS clip_id, cs.id AS submission_id, cs.campaign_id, camp.title AS campaign_title,
    camp.status AS campaign_status, camp.completion_reason AS campaign_completion_reason,
    camp.released_at IS NOT NULL AS campaign_released, cs.user_id,
    u.name AS user_name, c.version, c.platform, c.url, c.title, coalesce(c.author_handle, sa.handle) AS author_handle, c.thumbnail_url, c.published_at,
    c.availability, cs.status, cs.approval_blocked, cs.metric, c.views, cs.initial_views,
    cs.doubtful_views IS NOT NULL AS doubtful, c.last_read_at,
    CASE WHEN isfinite(s.next_due_at) THEN s.next_due_at END AS next_due_at, c.earnings,
    c.grew_at, cs.approved_at, cs.payout_rate, cs.cap, cs.min_views, cs.carried, cs.held_reason,
    CASE WHEN cs.status = 'REVOKED' THEN (SELECT ch.reason FROM submission_status_changes ch
      WHERE ch.submission_id = cs.id AND ch.to_status = 'REVOKED' ORDER BY ch.created_at DESC LIMIT 1) END AS revoked_reason,
    CASE WHEN cs.status IN ('APPROVED', 'REVOKED') THEN coalesce(cs.final_earnings, c.earnings - cs.earnings_base)
      ELSE 0::numeric(20,6) END AS credited`;

const JOINS = `JOIN clips c ON c.id = cs.clip_id JOIN campaigns camp ON camp.id = cs.campaign_id
    JOIN users u ON u.id = cs.user_id LEFT JOIN social_accounts sa ON sa.id = cs.social_account_id LEFT JOIN clip_schedules s ON s.clip_id = c.id`;

const rowOf = (row: Columns): ClipRow => ({
  clipId: row.clip_id,
  submissionId: row.submission_id,
  campaignId: row.campaign_id,
  campaignTitle: row.campaign_title,
  campaignStatus: row.campaign_status,
  campaignCompletionReason: row.campaign_completion_reason,
  campaignReleased: row.campaign_released,
  userId: row.user_id,
  userName: row.user_name,
  rank: Number(row.rank),
  version: Number(row.version),
  platform: row.platform,
  url: row.url,
  title: row.title,
  authorHandle: row.author_handle,
  thumbnailUrl: row.thumbnail_url,
  publishedAt: row.published_at?.toISOString() ?? null,
  availability: row.availability,
  status: row.status,
  approvalBlocked: row.approval_blocked,
  metric: row.metric,
  views: Number(row.views),
  initialViews: row.initial_views === null ? null : Number(row.initial_views),
  doubtful: row.doubtful,
  lastReadAt: row.last_read_at?.toISOString() ?? null,
  nextReadAt: row.next_due_at?.toISOString() ?? null,
  grewAt: row.grew_at?.toISOString() ?? null,
  terms: termsOf(row),
  heldReason: row.held_reason,
  revokedReason: row.revoked_reason,
  credited: row.credited,
  earnings: row.earnings,
});

function termsOf(row: Columns): ClipTerms | null {
  const { approved_at, payout_rate, min_views } = row;
  if (approved_at === null || payout_rate === null || min_views === null) return null;
  return {
    approvedAt: approved_at.toISOString(),
    ratePer1000: payout_rate,
    cap: row.cap,
    minViews: Number(min_views),
    carried: row.carried,
  };
}

/**
 * A campaign's approved clips by rank: growth since approval, ties by id. The first `limit`, and behind them up to
 * `limit` more of the viewer's own.
 */
export async function readRankedClips(
  client: Queryable,
  want: { campaignId: string; viewerId: string; limit: number },
): Promise<{ clips: ClipRow[]; total: number }> {
  const { rows } = await client.query<Columns & { total: string }>(
    `WITH ranked AS (
       SELECT cs.id, row_number() OVER by_growth AS rank, count(*) OVER () AS total,
         row_number() OVER (PARTITION BY cs.user_id ORDER BY c.views - cs.initial_views DESC, c.id) AS own_rank
       FROM clip_submissions cs JOIN clips c ON c.id = cs.clip_id
       WHERE cs.campaign_id = $1 AND cs.status = 'APPROVED'
       WINDOW by_growth AS (ORDER BY c.views - cs.initial_views DESC, c.id))
     SELECT ${COLUMNS}, ranked.rank, ranked.total
     FROM ranked JOIN clip_submissions cs ON cs.id = ranked.id ${JOINS}
     WHERE ranked.rank <= $3 OR (cs.user_id = $2 AND ranked.own_rank <= $3)
     ORDER BY ranked.rank`,
    [want.campaignId, want.viewerId, want.limit],
  );
  return { clips: rows.map(rowOf), total: Number(rows[0]?.total ?? 0) };
}

/** A clipper's clips that were approved, the latest first; ranks mean nothing here. */
export async function readApprovedClips(
  client: Queryable,
  want: { userId: string; after: { createdAt: Date; id: string } | null; limit: number },
): Promise<ClipRow[]> {
  const { rows } = await client.query<Columns>(
    `SELECT ${COLUMNS}, 0 AS rank FROM clip_submissions cs ${JOINS}
     WHERE cs.user_id = $1 AND cs.approved_at IS NOT NULL
       AND ($2::timestamptz IS NULL OR (cs.approved_at, cs.id) < ($2, $3::uuid))
     ORDER BY cs.approved_at DESC, cs.id DESC LIMIT $4`,
    [want.userId, want.after?.createdAt ?? null, want.after?.id ?? null, want.limit],
  );
  return rows.map(rowOf);
}

/** One submission's clip, or null. */
export async function readClip(client: Queryable, submissionId: string): Promise<ClipRow | null> {
  const { rows } = await client.query<Columns>(
    `SELECT ${COLUMNS}, 0 AS rank FROM clip_submissions cs ${JOINS} WHERE cs.id = $1`,
    [submissionId],
  );
  return rows.map(rowOf)[0] ?? null;
}

/** A clipper's clips that were approved, in figures; what has been revoked counts no more. */
export async function readClipTotals(
  client: Queryable,
  userId: string,
): Promise<{ clips: number; views: number; growth: number; waiting: number }> {
  const { rows } = await client.query<{ clips: string; views: string; growth: string; waiting: string }>(
    `SELECT count(*) FILTER (WHERE cs.status = 'APPROVED') AS clips,
       coalesce(sum(c.views) FILTER (WHERE cs.status = 'APPROVED'), 0) AS views,
       coalesce(sum(greatest(c.views - cs.initial_views, 0)) FILTER (WHERE cs.status = 'APPROVED'), 0) AS growth,
       count(*) FILTER (WHERE cs.status = 'PENDING') AS waiting
     FROM clip_submissions cs JOIN clips c ON c.id = cs.clip_id
     WHERE cs.user_id = $1 AND cs.status IN ('APPROVED', 'PENDING')`,
    [userId],
  );
  const [row] = rows;
  return {
    clips: Number(row?.clips ?? 0),
    views: Number(row?.views ?? 0),
    growth: Number(row?.growth ?? 0),
    waiting: Number(row?.waiting ?? 0),
  };
}

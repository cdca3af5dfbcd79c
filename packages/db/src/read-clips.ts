import type { CampaignStatus } from '@clipmeter/core/campaign-state';
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
  /** In this campaign, in all. */
  credited: string;
  /** Lifetime. */
  earnings: string;
}

interface Columns {
  clip_id: string;
  submission_id: string;
  campaign_id: string;
  campaign_title: string;
  campaign_status: CampaignStatus;
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
  credited: string;
  earnings: string;
}

// The clips of a paused campaign are parked at infinity. A clip whose video was approved elsewhere later has grown since; what it earned here was written down at the release.
const COLUMNS = `c.id AS clip_id, cs.id AS submission_id, cs.campaign_id, camp.title AS campaign_title,
    camp.status AS campaign_status, cs.user_id,
    u.name AS user_name, c.version, c.platform, c.url, c.title, c.author_handle, c.thumbnail_url, c.published_at,
    c.availability, cs.status, cs.approval_blocked, cs.metric, c.views, cs.initial_views,
    cs.doubtful_views IS NOT NULL AS doubtful, c.last_read_at,
    CASE WHEN isfinite(s.next_due_at) THEN s.next_due_at END AS next_due_at, c.earnings,
    CASE WHEN cs.status IN ('APPROVED', 'REVOKED') THEN coalesce(cs.final_earnings, c.earnings - cs.earnings_base)
      ELSE 0::numeric(20,6) END AS credited`;

const JOINS = `JOIN clips c ON c.id = cs.clip_id JOIN campaigns camp ON camp.id = cs.campaign_id
    JOIN users u ON u.id = cs.user_id LEFT JOIN clip_schedules s ON s.clip_id = c.id`;

const rowOf = (row: Columns): ClipRow => ({
  clipId: row.clip_id,
  submissionId: row.submission_id,
  campaignId: row.campaign_id,
  campaignTitle: row.campaign_title,
  campaignStatus: row.campaign_status,
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
  credited: row.credited,
  earnings: row.earnings,
});

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

/** A clipper's submissions, newest first; `rank` counts them. */
export async function readOwnClips(client: Queryable, userId: string, limit: number): Promise<ClipRow[]> {
  const { rows } = await client.query<Columns>(
    `SELECT ${COLUMNS}, row_number() OVER (ORDER BY cs.created_at DESC, cs.id DESC) AS rank
     FROM clip_submissions cs ${JOINS} WHERE cs.user_id = $1
     ORDER BY cs.created_at DESC, cs.id DESC LIMIT $2`,
    [userId, limit],
  );
  return rows.map(rowOf);
}

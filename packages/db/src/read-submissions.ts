import type { CampaignStatus } from '@clipmeter/core/campaign-state';
import type { Platform } from '@clipmeter/core/platform';
import type { SubmissionStatus } from '@clipmeter/core/submission-state';
import type { Queryable } from '#src/connect.ts';

/** A submission as its clipper sees it. */
export interface OwnSubmissionRow {
  submissionId: string;
  clipId: string;
  campaignId: string;
  campaignTitle: string;
  campaignStatus: CampaignStatus;
  platform: Platform;
  url: string;
  title: string | null;
  authorHandle: string | null;
  hasThumbnail: boolean;
  publishedAt: string | null;
  /** Of the clip, for its views. */
  version: number;
  /** Null until it was read. */
  views: number | null;
  status: SubmissionStatus;
  firstReadAt: string | null;
  firstReadBlocked: string | null;
  approvalRequestedAt: string | null;
  approvalBlocked: string | null;
  /** Why it was rejected or revoked. */
  reason: string | null;
  heldReason: string | null;
  createdAt: string;
}

interface Columns {
  id: string;
  clip_id: string;
  campaign_id: string;
  campaign_title: string;
  campaign_status: CampaignStatus;
  platform: Platform;
  url: string;
  title: string | null;
  author_handle: string | null;
  has_thumbnail: boolean;
  published_at: Date | null;
  version: string;
  views: string | null;
  status: SubmissionStatus;
  first_read_at: Date | null;
  first_read_blocked: string | null;
  approval_requested_at: Date | null;
  approval_blocked: string | null;
  reason: string | null;
  held_reason: string | null;
  created_at: Date;
}

const SELECT = `SELECT cs.id, cs.clip_id, cs.campaign_id, camp.title AS campaign_title, camp.status AS campaign_status,
    c.platform, c.url, c.title, c.author_handle, t.image IS NOT NULL AS has_thumbnail, c.published_at, c.version,
    CASE WHEN c.last_read_at IS NOT NULL THEN c.views END AS views, cs.status, cs.first_read_at, cs.first_read_blocked,
    cs.approval_requested_at, cs.approval_blocked, cs.held_reason, cs.created_at,
    CASE cs.status WHEN 'REJECTED' THEN cs.rejection_reason WHEN 'REVOKED' THEN (
      SELECT ch.reason FROM submission_status_changes ch WHERE ch.submission_id = cs.id AND ch.to_status = 'REVOKED'
      ORDER BY ch.created_at DESC LIMIT 1) END AS reason
  FROM (`;
const JOINS = `) cs JOIN clips c ON c.id = cs.clip_id JOIN campaigns camp ON camp.id = cs.campaign_id
    LEFT JOIN clip_thumbnails t ON t.clip_id = cs.clip_id`;

export interface OwnSubmissionFilter {
  readonly userId: string;
  readonly status: SubmissionStatus | null;
  readonly campaignId: string | null;
  readonly after: { createdAt: Date; id: string } | null;
  readonly limit: number;
}

/** A clipper's submissions, newest first. */
export async function readOwnSubmissions(client: Queryable, filter: OwnSubmissionFilter): Promise<OwnSubmissionRow[]> {
  const { rows } = await client.query<Columns>(
    // Cut to a page before anything is looked up for it.
    `${SELECT} SELECT * FROM clip_submissions WHERE user_id = $1 AND ($2::text IS NULL OR status = $2)
       AND ($3::uuid IS NULL OR campaign_id = $3) AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $6 ${JOINS} ORDER BY cs.created_at DESC, cs.id DESC`,
    [
      filter.userId,
      filter.status,
      filter.campaignId,
      filter.after?.createdAt ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  );
  return rows.map(rowOf);
}

/** One of a clipper's submissions; null if it is not theirs. */
export async function readOwnSubmission(
  client: Queryable,
  userId: string,
  submissionId: string,
): Promise<OwnSubmissionRow | null> {
  const { rows } = await client.query<Columns>(
    `${SELECT} SELECT * FROM clip_submissions WHERE id = $1 AND user_id = $2 ${JOINS}`,
    [submissionId, userId],
  );
  return rows[0] ? rowOf(rows[0]) : null;
}

/** How many of a clipper's submissions there are of each status. */
export async function countOwnSubmissions(
  client: Queryable,
  userId: string,
): Promise<Record<SubmissionStatus, number>> {
  const { rows } = await client.query<{ status: SubmissionStatus; count: string }>(
    'SELECT status, count(*) AS count FROM clip_submissions WHERE user_id = $1 GROUP BY status',
    [userId],
  );
  const counts: Record<SubmissionStatus, number> = { PENDING: 0, APPROVED: 0, REJECTED: 0, WITHDRAWN: 0, REVOKED: 0 };
  for (const row of rows) counts[row.status] = Number(row.count);
  return counts;
}

const rowOf = (row: Columns): OwnSubmissionRow => ({
  submissionId: row.id,
  clipId: row.clip_id,
  campaignId: row.campaign_id,
  campaignTitle: row.campaign_title,
  campaignStatus: row.campaign_status,
  platform: row.platform,
  url: row.url,
  title: row.title,
  authorHandle: row.author_handle,
  hasThumbnail: row.has_thumbnail,
  publishedAt: row.published_at?.toISOString() ?? null,
  version: Number(row.version),
  views: row.views === null ? null : Number(row.views),
  status: row.status,
  firstReadAt: row.first_read_at?.toISOString() ?? null,
  firstReadBlocked: row.first_read_blocked,
  approvalRequestedAt: row.approval_requested_at?.toISOString() ?? null,
  approvalBlocked: row.approval_blocked,
  reason: row.reason,
  heldReason: row.held_reason,
  createdAt: row.created_at.toISOString(),
});

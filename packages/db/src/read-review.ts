import type { Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';

/** What of the queue is shown: what waits for an admin, what waits for the tracker after a yes, what is on hold. */
export const REVIEW_QUEUES = ['waiting', 'asked', 'held'] as const;
export type ReviewQueue = (typeof REVIEW_QUEUES)[number];

export interface ReviewFilter {
  readonly queue: ReviewQueue;
  readonly campaignId: string | null;
  readonly platform: Platform | null;
  readonly order: 'newest' | 'oldest';
  readonly after: { createdAt: Date; id: string } | null;
  readonly limit: number;
}

/** A submission with what an admin looks at before deciding. */
export interface ReviewRow {
  readonly submissionId: string;
  readonly clipId: string;
  readonly campaign: { readonly id: string; readonly title: string; readonly startedAt: Date | null };
  readonly clipper: { readonly id: string; readonly name: string };
  readonly platform: Platform;
  readonly url: string;
  readonly title: string | null;
  readonly author: { readonly id: string | null; readonly handle: string | null };
  readonly hasThumbnail: boolean;
  readonly publishedAt: Date | null;
  readonly views: bigint;
  readonly likes: bigint | null;
  readonly comments: bigint | null;
  readonly shares: bigint | null;
  readonly readAt: Date | null;
  /** Why its first read takes long, in words. */
  readonly readBlocked: string | null;
  readonly account: {
    readonly handle: string;
    readonly externalId: string | null;
    readonly acceptedAuthorId: string | null;
  } | null;
  readonly approval: { readonly at: Date; readonly by: string | null; readonly blocked: string | null } | null;
  /** An approval that was asked for and has to be asked for again. */
  readonly approvalLapsed: string | null;
  readonly heldReason: string | null;
  readonly earlier: { readonly count: number; readonly lastBy: string; readonly lastStatus: string } | null;
  readonly lookalike: { readonly clipper: string; readonly platform: Platform } | null;
  /** Its place in the queue: when it was submitted, or put on hold. */
  readonly since: Date;
}

const QUEUES: Record<ReviewQueue, { readonly where: string; readonly since: string }> = {
  waiting: { where: `cs.status = 'PENDING' AND cs.approval_requested_at IS NULL`, since: 'cs.created_at' },
  asked: { where: `cs.status = 'PENDING' AND cs.approval_requested_at IS NOT NULL`, since: 'cs.created_at' },
  held: { where: `cs.status = 'APPROVED' AND cs.held_at IS NOT NULL`, since: 'cs.held_at' },
};

/** Shorter titles are alike by chance. */
const TITLE_MIN = 12;

/** Columns of a submission under review, from `cs` and what is joined to it. */
const COLUMNS = `cs.id, cs.clip_id, cs.campaign_id, camp.title AS campaign_title,
  COALESCE(camp.starts_at, (SELECT min(h.created_at) FROM campaign_status_changes h
    WHERE h.campaign_id = camp.id AND h.to_status = 'ACTIVE')) AS started_at,
  cs.user_id, u.name AS user_name, c.platform, c.url, c.title, c.author_id, c.author_handle, c.published_at, c.views, c.likes,
  c.comments, c.shares, c.last_read_at, cs.first_read_blocked, sa.handle, sa.external_id, cs.accepted_author_id,
  cs.approval_requested_at, asker.name AS asked_by, cs.approval_blocked, cs.held_reason,
  EXISTS (SELECT FROM clip_thumbnails t WHERE t.clip_id = c.id AND t.image IS NOT NULL) AS has_thumbnail,
  earlier.count AS earlier_count, earlier.name AS earlier_by, earlier.status AS earlier_status,
  lookalike.name AS lookalike_by, lookalike.platform AS lookalike_platform`;

const JOINS = `JOIN clips c ON c.id = cs.clip_id JOIN campaigns camp ON camp.id = cs.campaign_id JOIN users u ON u.id = cs.user_id
  LEFT JOIN users asker ON asker.id = cs.approval_requested_by
  LEFT JOIN social_accounts sa ON sa.id = cs.social_account_id AND sa.verified_at IS NOT NULL
  LEFT JOIN LATERAL (
    SELECT count(*) OVER () AS count, xu.name, x.status FROM clip_submissions x JOIN users xu ON xu.id = x.user_id
    WHERE x.clip_id = cs.clip_id AND x.created_at < cs.created_at ORDER BY x.created_at DESC LIMIT 1) earlier ON true
  LEFT JOIN LATERAL (
    SELECT yu.name, y.platform FROM clips y JOIN clip_submissions ys ON ys.clip_id = y.id JOIN users yu ON yu.id = ys.user_id
    WHERE y.title IS NOT NULL AND md5(lower(y.title)) = md5(lower(c.title)) AND length(c.title) >= ${TITLE_MIN}
      AND y.id <> c.id AND ys.user_id <> cs.user_id LIMIT 1) lookalike ON true`;

interface ReviewColumns {
  id: string;
  clip_id: string;
  campaign_id: string;
  campaign_title: string;
  started_at: Date | null;
  user_id: string;
  user_name: string;
  platform: Platform;
  url: string;
  title: string | null;
  author_id: string | null;
  author_handle: string | null;
  published_at: Date | null;
  views: string;
  likes: string | null;
  comments: string | null;
  shares: string | null;
  last_read_at: Date | null;
  first_read_blocked: string | null;
  handle: string | null;
  external_id: string | null;
  accepted_author_id: string | null;
  approval_requested_at: Date | null;
  asked_by: string | null;
  approval_blocked: string | null;
  held_reason: string | null;
  has_thumbnail: boolean;
  earlier_count: string | null;
  earlier_by: string | null;
  earlier_status: string | null;
  lookalike_by: string | null;
  lookalike_platform: Platform | null;
  since: Date;
}

const optionalBigint = (value: string | null) => (value === null ? null : BigInt(value));

const rowOf = (row: ReviewColumns): ReviewRow => ({
  submissionId: row.id,
  clipId: row.clip_id,
  campaign: { id: row.campaign_id, title: row.campaign_title, startedAt: row.started_at },
  clipper: { id: row.user_id, name: row.user_name },
  platform: row.platform,
  url: row.url,
  title: row.title,
  author: { id: row.author_id, handle: row.author_handle },
  hasThumbnail: row.has_thumbnail,
  publishedAt: row.published_at,
  views: BigInt(row.views),
  likes: optionalBigint(row.likes),
  comments: optionalBigint(row.comments),
  shares: optionalBigint(row.shares),
  readAt: row.last_read_at,
  readBlocked: row.first_read_blocked,
  account:
    row.handle === null
      ? null
      : { handle: row.handle, externalId: row.external_id, acceptedAuthorId: row.accepted_author_id },
  approval:
    row.approval_requested_at === null
      ? null
      : { at: row.approval_requested_at, by: row.asked_by, blocked: row.approval_blocked },
  approvalLapsed: row.approval_requested_at === null ? row.approval_blocked : null,
  heldReason: row.held_reason,
  earlier:
    row.earlier_count === null || row.earlier_by === null || row.earlier_status === null
      ? null
      : { count: Number(row.earlier_count), lastBy: row.earlier_by, lastStatus: row.earlier_status },
  lookalike:
    row.lookalike_by === null || row.lookalike_platform === null
      ? null
      : { clipper: row.lookalike_by, platform: row.lookalike_platform },
  since: row.since,
});

/** A page of a queue in the order of its index; what is not on the page is not joined. */
export async function readReview(client: Queryable, filter: ReviewFilter): Promise<ReviewRow[]> {
  const { where, since } = QUEUES[filter.queue];
  const [beyond, direction] = filter.order === 'newest' ? ['<', 'DESC'] : ['>', 'ASC'];
  const { rows } = await client.query<ReviewColumns>(
    `SELECT ${COLUMNS}, cs.since FROM (
       SELECT cs.*, ${since} AS since FROM clip_submissions cs
       WHERE ${where} AND ($1::uuid IS NULL OR cs.campaign_id = $1)
         AND ($5::text IS NULL OR EXISTS (SELECT FROM clips p WHERE p.id = cs.clip_id AND p.platform = $5))
         AND ($2::timestamptz IS NULL OR (${since}, cs.id) ${beyond} ($2, $3::uuid))
       ORDER BY ${since} ${direction}, cs.id ${direction} LIMIT $4) cs ${JOINS}
     ORDER BY cs.since ${direction}, cs.id ${direction}`,
    [filter.campaignId, filter.after?.createdAt ?? null, filter.after?.id ?? null, filter.limit, filter.platform],
  );
  return rows.map(rowOf);
}

/** One submission as a reviewer sees it, whatever its status; null if there is none. */
export async function readReviewRow(client: Queryable, submissionId: string): Promise<ReviewRow | null> {
  const { rows } = await client.query<ReviewColumns>(
    `SELECT ${COLUMNS}, COALESCE(cs.held_at, cs.created_at) AS since FROM clip_submissions cs ${JOINS} WHERE cs.id = $1`,
    [submissionId],
  );
  return rows[0] === undefined ? null : rowOf(rows[0]);
}

/** How many are in each queue. */
export async function countReview(client: Queryable): Promise<Record<ReviewQueue, number>> {
  const { rows } = await client.query<Record<ReviewQueue, string>>(
    `SELECT ${REVIEW_QUEUES.map((queue) => `(SELECT count(*) FROM clip_submissions cs WHERE ${QUEUES[queue].where}) AS ${queue}`).join(', ')}`,
  );
  const [row] = rows;
  return { waiting: Number(row?.waiting ?? 0), asked: Number(row?.asked ?? 0), held: Number(row?.held ?? 0) };
}

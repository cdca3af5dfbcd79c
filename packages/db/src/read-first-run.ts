import type { Queryable } from '#src/connect.ts';

export interface ClipperStart {
  email: string;
  emailVerified: boolean;
  /** Campaigns that take clips now. */
  running: number;
  /** Whether any clip of theirs was ever approved. */
  wasApproved: boolean;
}

/** How far a clipper is from a first approval, beside their accounts and submissions. */
export async function readClipperStart(client: Queryable, userId: string): Promise<ClipperStart> {
  const { rows } = await client.query<{
    email: string;
    email_verified: boolean;
    running: string;
    was_approved: boolean;
  }>(
    `SELECT u.email, u.email_verified,
       (SELECT count(*) FROM campaigns WHERE status = 'ACTIVE' AND archived_at IS NULL) AS running,
       EXISTS (SELECT FROM clip_submissions WHERE user_id = u.id AND status IN ('APPROVED', 'REVOKED')) AS was_approved
     FROM users u WHERE u.id = $1`,
    [userId],
  );
  const [row] = rows;
  return {
    email: row?.email ?? '',
    emailVerified: row?.email_verified ?? false,
    running: Number(row?.running ?? 0),
    wasApproved: row?.was_approved ?? false,
  };
}

export interface AdminStart {
  /** The latest campaign that has a link to share; null while there is none. */
  shared: { id: string; title: string } | null;
  drafts: number;
  /** Submissions that wait for an admin. */
  waiting: number;
  wasSubmitted: boolean;
  /** Whether anybody has decided on a submission. */
  wasReviewed: boolean;
}

/** How far a new Clipmeter is from its first decision. Each answer stops at the first row that gives it. */
export async function readAdminStart(client: Queryable): Promise<AdminStart> {
  const { rows } = await client.query<{
    shared: { id: string; title: string } | null;
    drafts: string;
    waiting: string;
    was_submitted: boolean;
    was_reviewed: boolean;
  }>(
    `SELECT (SELECT json_build_object('id', id, 'title', title) FROM campaigns
        WHERE status IN ('SCHEDULED', 'ACTIVE', 'PAUSED') AND archived_at IS NULL
        ORDER BY created_at DESC LIMIT 1) AS shared,
       (SELECT count(*) FROM campaigns WHERE status = 'DRAFT' AND archived_at IS NULL) AS drafts,
       (SELECT count(*) FROM clip_submissions WHERE status = 'PENDING' AND approval_requested_at IS NULL) AS waiting,
       EXISTS (SELECT FROM clip_submissions) AS was_submitted,
       EXISTS (SELECT FROM submission_status_changes WHERE to_status IN ('APPROVED', 'REJECTED', 'REVOKED')) AS was_reviewed`,
  );
  const [row] = rows;
  return {
    shared: row?.shared ?? null,
    drafts: Number(row?.drafts ?? 0),
    waiting: Number(row?.waiting ?? 0),
    wasSubmitted: row?.was_submitted ?? false,
    wasReviewed: row?.was_reviewed ?? false,
  };
}

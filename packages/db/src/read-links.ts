import type { LinkStatus } from '@clipmeter/realtime/event';
import type { Queryable } from '#src/connect.ts';

export interface LinkRow {
  linkId: string;
  campaignId: string;
  url: string;
  status: LinkStatus;
  /** One sentence for the clipper, when it failed. */
  reason: string | null;
  submissionId: string | null;
  createdAt: string;
}

/** The short links that a clipper submitted, newest first. */
export async function readOwnLinks(client: Queryable, userId: string, limit: number): Promise<LinkRow[]> {
  const { rows } = await client.query<{
    id: string;
    campaign_id: string;
    url: string;
    status: LinkStatus;
    reason: string | null;
    submission_id: string | null;
    created_at: Date;
  }>(
    `SELECT id, campaign_id, url, status, reason, submission_id, created_at FROM link_resolutions
     WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2`,
    [userId, limit],
  );
  return rows.map((row) => ({
    linkId: row.id,
    campaignId: row.campaign_id,
    url: row.url,
    status: row.status,
    reason: row.reason,
    submissionId: row.submission_id,
    createdAt: row.created_at.toISOString(),
  }));
}

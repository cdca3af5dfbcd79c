import type { CampaignStatus } from '@clipmeter/core/campaign-state';
import type { Queryable } from '#src/connect.ts';

export interface OverviewTotals {
  /** Of all clips that were ever approved. */
  views: number;
  growth: number;
  clips: number;
  /** Who has an approved clip, and who has an account. */
  clippersEarning: number;
  clippers: number;
  spent: string;
  /** Spent since a moment. */
  spentSince: string;
  /** What campaigns that run have left. */
  left: string;
}

/** Everything there is, in figures. */
export async function readOverviewTotals(client: Queryable, since: Date): Promise<OverviewTotals> {
  const { rows } = await client.query<{
    views: string;
    growth: string;
    clips: string;
    earning: string;
    clippers: string;
    spent: string;
    spent_since: string;
    left_over: string;
  }>(
    `SELECT clip.*, people.*, money.*, recent.*
     FROM (SELECT coalesce(sum(c.views), 0) AS views, coalesce(sum(greatest(c.views - cs.initial_views, 0)), 0) AS growth,
             count(*) AS clips, count(DISTINCT cs.user_id) AS earning
           FROM clip_submissions cs JOIN clips c ON c.id = cs.clip_id WHERE cs.status IN ('APPROVED', 'REVOKED')) clip,
       (SELECT count(*) AS clippers FROM users WHERE role = 'CLIPPER') people,
       (SELECT coalesce(sum(spent), 0)::numeric(20,6) AS spent,
          coalesce(sum(budget - spent) FILTER (WHERE status IN ('ACTIVE', 'PAUSED')), 0)::numeric(20,6) AS left_over
        FROM campaigns) money,
       (SELECT coalesce(sum(credited), 0)::numeric(20,6) AS spent_since FROM settlements
        WHERE credited > 0 AND created_at >= $1) recent`,
    [since],
  );
  const [row] = rows;
  return {
    views: Number(row?.views ?? 0),
    growth: Number(row?.growth ?? 0),
    clips: Number(row?.clips ?? 0),
    clippersEarning: Number(row?.earning ?? 0),
    clippers: Number(row?.clippers ?? 0),
    spent: row?.spent ?? '0.000000',
    spentSince: row?.spent_since ?? '0.000000',
    left: row?.left_over ?? '0.000000',
  };
}

/** How many campaigns are in each status; archived ones are not looked for. */
export async function countCampaigns(client: Queryable): Promise<Record<CampaignStatus, number>> {
  const { rows } = await client.query<{ status: CampaignStatus; campaigns: string }>(
    'SELECT status, count(*) AS campaigns FROM campaigns GROUP BY status',
  );
  const counts = { DRAFT: 0, SCHEDULED: 0, ACTIVE: 0, PAUSED: 0, COMPLETED: 0, CANCELLED: 0 };
  for (const row of rows) counts[row.status] = Number(row.campaigns);
  return counts;
}

export interface CampaignSpend {
  id: string;
  spent: string;
  version: number;
}

/** What each campaign that may still pay has spent, so that events can move their sum. */
export async function readOpenSpend(client: Queryable, limit: number): Promise<CampaignSpend[]> {
  const { rows } = await client.query<{ id: string; spent: string; version: string }>(
    `SELECT id, spent, version FROM campaigns WHERE status IN ('ACTIVE', 'PAUSED') ORDER BY created_at DESC, id DESC LIMIT $1`,
    [limit],
  );
  return rows.map((row) => ({ ...row, version: Number(row.version) }));
}

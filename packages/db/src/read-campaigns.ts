import type { CampaignStatus, CompletionReason } from '@clipmeter/core/campaign-state';
import type { Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';

export interface PlatformRate {
  platform: Platform;
  ratePer1000: string;
}

/** A campaign as screens show it. Money as Postgres prints NUMERIC(20,6), times as ISO strings. */
export interface CampaignRow {
  id: string;
  version: number;
  title: string;
  description: string;
  brand: string;
  platforms: Platform[];
  status: CampaignStatus;
  currency: string;
  ratePer1000: string;
  /** Where a platform pays another rate. */
  rates: PlatformRate[];
  capPerClip: string | null;
  minViews: number;
  imageId: string | null;
  requirements: string;
  materialUrl: string | null;
  archivedAt: string | null;
  budget: string;
  spent: string;
  expected: string;
  left: string;
  closing: boolean;
  startsAt: string | null;
  deadline: string | null;
  completedAt: string | null;
  completionReason: CompletionReason | null;
  released: boolean;
  clipsCount: number;
  settlementNumber: number;
  createdAt: string;
}

export interface CampaignColumns {
  id: string;
  version: string;
  title: string;
  description: string;
  brand: string;
  platforms: Platform[];
  status: CampaignStatus;
  currency: string;
  payout_rate: string;
  rates: PlatformRate[];
  cap_per_clip: string | null;
  min_views: string;
  image_id: string | null;
  requirements: string;
  material_url: string | null;
  archived_at: Date | null;
  budget: string;
  spent: string;
  expected: string;
  left: string;
  closing: boolean;
  starts_at: Date | null;
  deadline: Date | null;
  completed_at: Date | null;
  completion_reason: CompletionReason | null;
  released: boolean;
  clips_count: string;
  settlement_number: string;
  created_at: Date;
}

/** The columns of a campaign `c`, and more if there are any. */
export const campaignSelect = (
  more = '',
) => `SELECT c.id, c.version, c.title, c.description, c.brand, c.platforms, c.status, c.currency, c.payout_rate,
    c.cap_per_clip, c.min_views, c.budget, c.spent, c.expected, c.budget - c.spent AS left,
    c.closing_round_id IS NOT NULL AS closing, c.starts_at, c.deadline, c.completed_at, c.completion_reason,
    c.released_at IS NOT NULL AS released, c.settlement_number, c.created_at, c.image_id, c.requirements, c.material_url,
    c.archived_at, ARRAY(SELECT json_build_object('platform', r.platform, 'ratePer1000', r.payout_rate::text)
      FROM campaign_rates r WHERE r.campaign_id = c.id ORDER BY r.platform) AS rates,
    (SELECT count(*) FROM clip_submissions cs WHERE cs.campaign_id = c.id AND cs.status = 'APPROVED') AS clips_count${more}
  FROM campaigns c`;

export const campaignRowOf = (row: CampaignColumns): CampaignRow => ({
  id: row.id,
  version: Number(row.version),
  title: row.title,
  description: row.description,
  brand: row.brand,
  platforms: row.platforms,
  status: row.status,
  currency: row.currency,
  ratePer1000: row.payout_rate,
  rates: row.rates,
  capPerClip: row.cap_per_clip,
  minViews: Number(row.min_views),
  imageId: row.image_id,
  requirements: row.requirements,
  materialUrl: row.material_url,
  archivedAt: row.archived_at?.toISOString() ?? null,
  budget: row.budget,
  spent: row.spent,
  expected: row.expected,
  left: row.left,
  closing: row.closing,
  startsAt: row.starts_at?.toISOString() ?? null,
  deadline: row.deadline?.toISOString() ?? null,
  completedAt: row.completed_at?.toISOString() ?? null,
  completionReason: row.completion_reason,
  released: row.released,
  clipsCount: Number(row.clips_count),
  settlementNumber: Number(row.settlement_number),
  createdAt: row.created_at.toISOString(),
});

export async function readCampaign(client: Queryable, id: string): Promise<CampaignRow | null> {
  const { rows } = await client.query<CampaignColumns>(`${campaignSelect()} WHERE c.id = $1`, [id]);
  return rows[0] === undefined ? null : campaignRowOf(rows[0]);
}

export interface CampaignTotals {
  clips: number;
  clippers: number;
  views: number;
  /** Views since approval, of the clips whose count did not fall below it. */
  growth: number;
}

/** Over its approved clips. */
export async function readTotals(client: Queryable, campaignId: string): Promise<CampaignTotals> {
  const { rows } = await client.query<{ clips: string; clippers: string; views: string; growth: string }>(
    `SELECT count(*) AS clips, count(DISTINCT cs.user_id) AS clippers, coalesce(sum(c.views), 0) AS views,
       coalesce(sum(greatest(c.views - cs.initial_views, 0)), 0) AS growth
     FROM clip_submissions cs JOIN clips c ON c.id = cs.clip_id
     WHERE cs.campaign_id = $1 AND cs.status = 'APPROVED'`,
    [campaignId],
  );
  const [row] = rows;
  return {
    clips: Number(row?.clips ?? 0),
    clippers: Number(row?.clippers ?? 0),
    views: Number(row?.views ?? 0),
    growth: Number(row?.growth ?? 0),
  };
}

export interface OwnShare {
  clips: number;
  credited: string;
  pending: string;
  pendingVersion: number;
}

/** What one clipper has in a campaign: lifetime credits, and the balance that is still pending. */
export async function readOwnShare(client: Queryable, campaignId: string, userId: string): Promise<OwnShare> {
  const { rows } = await client.query<{ clips: string; credited: string; pending: string; version: string }>(
    `SELECT own.clips, own.credited, coalesce(a.balance, 0::numeric(20,6)) AS pending, coalesce(a.version, 0) AS version
     FROM (SELECT count(*) AS clips,
             coalesce(sum(coalesce(cs.final_earnings, c.earnings - cs.earnings_base)), 0)::numeric(20,6) AS credited
           FROM clip_submissions cs JOIN clips c ON c.id = cs.clip_id
           WHERE cs.campaign_id = $1 AND cs.user_id = $2 AND cs.status IN ('APPROVED', 'REVOKED')) own
     LEFT JOIN ledger_accounts a ON a.kind = 'pending' AND a.campaign_id = $1 AND a.user_id = $2 AND a.currency = 'USD'`,
    [campaignId, userId],
  );
  const [row] = rows;
  return {
    clips: Number(row?.clips ?? 0),
    credited: row?.credited ?? '0.000000',
    pending: row?.pending ?? '0.000000',
    pendingVersion: Number(row?.version ?? 0),
  };
}

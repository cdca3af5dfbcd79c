import type { CampaignStatus } from '@clipmeter/core/campaign-state';
import type { Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';
import type { PlatformRate } from '#src/read-campaigns.ts';

/** A campaign that takes clips now. */
export interface SubmitCampaignRow {
  id: string;
  title: string;
  brand: string;
  platforms: Platform[];
  ratePer1000: string;
  /** Where a platform pays another rate. */
  rates: PlatformRate[];
}

/** Campaigns that take clips now, the newest first. */
export async function readOpenCampaigns(
  client: Queryable,
  { now, limit }: { now: Date; limit: number },
): Promise<SubmitCampaignRow[]> {
  const { rows } = await client.query<{
    id: string;
    title: string;
    brand: string;
    platforms: Platform[];
    payout_rate: string;
    rates: PlatformRate[];
  }>(
    `SELECT c.id, c.title, c.brand, c.platforms, c.payout_rate,
       ARRAY(SELECT json_build_object('platform', r.platform, 'ratePer1000', r.payout_rate::text)
         FROM campaign_rates r WHERE r.campaign_id = c.id ORDER BY r.platform) AS rates
     FROM campaigns c WHERE status = 'ACTIVE' AND closing_round_id IS NULL AND archived_at IS NULL AND (deadline IS NULL OR deadline > $1)
     ORDER BY c.created_at DESC, c.id DESC LIMIT $2`,
    [now, limit],
  );
  return rows.map(({ payout_rate: ratePer1000, ...row }) => ({ ...row, ratePer1000 }));
}

/** The clipper's proved accounts. */
export async function readVerifiedAccounts(
  client: Queryable,
  userId: string,
): Promise<{ platform: Platform; handle: string }[]> {
  const { rows } = await client.query<{ platform: Platform; handle: string }>(
    `SELECT platform, handle FROM social_accounts
     WHERE user_id = $1 AND verified_at IS NOT NULL AND removed_at IS NULL ORDER BY platform, verified_at`,
    [userId],
  );
  return rows;
}

/** Whose live submission a video has; null if it is free. */
export async function findOwnerOf(client: Queryable, video: { platform: Platform; externalId: string }) {
  const { rows } = await client.query<{ user_id: string; first_read_at: Date | null }>(
    `SELECT cs.user_id, cs.first_read_at FROM clips c JOIN clip_submissions cs ON cs.clip_id = c.id AND cs.status IN ('PENDING', 'APPROVED')
     WHERE c.platform = $1 AND c.external_id = $2`,
    [video.platform, video.externalId],
  );
  return rows[0] ? { userId: rows[0].user_id, firstReadAt: rows[0].first_read_at } : null;
}

/** Whether a campaign takes clips; null if there is none. */
export async function readTaking(
  client: Queryable,
  campaignId: string,
): Promise<{ id: string; status: CampaignStatus; closingRoundId: string | null } | null> {
  const { rows } = await client.query<{ id: string; status: CampaignStatus; closing_round_id: string | null }>(
    'SELECT id, status, closing_round_id FROM campaigns WHERE id = $1',
    [campaignId],
  );
  return rows[0] ? { id: rows[0].id, status: rows[0].status, closingRoundId: rows[0].closing_round_id } : null;
}

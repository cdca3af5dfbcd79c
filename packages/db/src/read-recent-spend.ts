import type { Queryable } from '#src/connect.ts';
import type { CampaignRow } from '#src/read-campaigns.ts';

/** Settlements that a pace looks back over at most. */
const PACE_SETTLEMENTS_MAX = 20_000;

/** What a campaign's reads credited since a moment, before and after the middle of that time. */
export interface RecentSpendRow {
  reads: number;
  /** Where the time looked back over begins: the moment asked for, or the campaign's first start if that was later. */
  from: Date;
  older: string;
  newer: string;
}

/** The pace at which a campaign's budget goes; null if it never was active. */
export async function readRecentSpend(
  client: Queryable,
  campaign: CampaignRow,
  time: { since: Date; until: Date },
): Promise<RecentSpendRow | null> {
  const { rows } = await client.query<{ reads: string; from_at: Date | null; older: string; newer: string }>(
    `WITH began AS (
       SELECT greatest($2::timestamptz, min(created_at)) AS from_at FROM campaign_status_changes
       WHERE campaign_id = $1 AND to_status = 'ACTIVE' HAVING min(created_at) IS NOT NULL)
     SELECT began.from_at, count(s.id) AS reads,
       coalesce(sum(s.credited) FILTER (WHERE NOT s.is_newer), 0)::numeric(20,6) AS older,
       coalesce(sum(s.credited) FILTER (WHERE s.is_newer), 0)::numeric(20,6) AS newer
     FROM began LEFT JOIN LATERAL (
       SELECT id, credited, created_at > began.from_at + ($3::timestamptz - began.from_at) / 2 AS is_newer
       FROM settlements WHERE campaign_id = $1 AND number > $4 AND created_at > $2) AS s ON true
     GROUP BY began.from_at`,
    [campaign.id, time.since, time.until, Math.max(0, campaign.settlementNumber - PACE_SETTLEMENTS_MAX)],
  );
  const [row] = rows;
  if (row === undefined || row.from_at === null) return null;
  return { reads: Number(row.reads), from: row.from_at, older: row.older, newer: row.newer };
}

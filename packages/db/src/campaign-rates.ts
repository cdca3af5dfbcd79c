import type { PlatformRate } from '@clipmeter/core/campaign-offer';
import type { Platform } from '@clipmeter/core/platform';
import type { LockedSubmission } from '#src/batch-locks.ts';
import type { Queryable } from '#src/connect.ts';
import { microsFromNumeric, numericFromMicros } from '#src/micros-column.ts';
import type { Tx } from '#src/transaction.ts';

/** The rates of platforms that differ from their campaign's, by campaign. */
export type RatesByCampaign = ReadonlyMap<string, readonly PlatformRate[]>;

/**
 * The rates of campaigns. Where they decide about money the campaigns are locked by a statement before this one: read
 * together with the lock they would be those of the time before it was waited for.
 */
export async function readRates(client: Queryable, campaignIds: readonly string[]): Promise<RatesByCampaign> {
  if (campaignIds.length === 0) return new Map();
  const { rows } = await client.query<{ campaign_id: string; platform: Platform; payout_rate: string }>(
    'SELECT campaign_id, platform, payout_rate FROM campaign_rates WHERE campaign_id = ANY ($1::uuid[]) ORDER BY platform',
    [campaignIds],
  );
  const byCampaign = Map.groupBy(rows, (row) => row.campaign_id);
  return new Map(
    [...byCampaign].map(([campaignId, theirs]) => [
      campaignId,
      theirs.map((row) => ({ platform: row.platform, rateMicros: microsFromNumeric(row.payout_rate) })),
    ]),
  );
}

/** The rates of the campaigns, locked before, in which an approval waits for its baseline: most batches ask for none. */
export function readRatesForApproval(tx: Tx, submissions: Iterable<LockedSubmission>): Promise<RatesByCampaign> {
  const waiting = [...submissions].filter(
    ({ status, approvalRequestedAt }) => status === 'PENDING' && approvalRequestedAt,
  );
  return readRates(tx, [...new Set(waiting.map((submission) => submission.campaignId))]);
}

/** Replaces a campaign's rates; it is locked. What was approved keeps its own. */
export async function writeRates(tx: Tx, campaignId: string, rates: readonly PlatformRate[]): Promise<void> {
  await tx.query('DELETE FROM campaign_rates WHERE campaign_id = $1 AND platform <> ALL ($2::text[])', [
    campaignId,
    rates.map((rate) => rate.platform),
  ]);
  if (rates.length === 0) return;
  await tx.query(
    `INSERT INTO campaign_rates (campaign_id, platform, payout_rate)
     SELECT $1, r.* FROM unnest($2::text[], $3::numeric[]) AS r
     ON CONFLICT (campaign_id, platform) DO UPDATE SET payout_rate = EXCLUDED.payout_rate`,
    [campaignId, rates.map((rate) => rate.platform), rates.map((rate) => numericFromMicros(rate.rateMicros))],
  );
}

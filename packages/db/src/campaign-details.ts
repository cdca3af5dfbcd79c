import type { PlatformRate } from '@clipmeter/core/campaign-offer';
import type { Micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import { campaignTopic } from '@clipmeter/realtime/topic';
import type { LockedCampaign } from '#src/batch-locks.ts';
import { readRates, writeRates } from '#src/campaign-rates.ts';
import { appendEvents } from '#src/event-log.ts';
import { microsFromNumeric, numericFromMicros } from '#src/micros-column.ts';
import type { Tx } from '#src/transaction.ts';

/** What an admin says of a campaign: everything but its money's course and its status. */
export interface CampaignDetails {
  readonly title: string;
  readonly brand: string;
  readonly description: string;
  /** What a clip has to fulfil, a line each. */
  readonly requirements: string;
  readonly materialUrl: string | null;
  readonly imageId: string | null;
  readonly platforms: readonly Platform[];
  /** For 1,000 views. */
  readonly rateMicros: Micros;
  /** Where a platform pays another rate. */
  readonly rates: readonly PlatformRate[];
  readonly capMicros: Micros | null;
  readonly minViews: bigint;
  readonly startsAt: Date | null;
  readonly deadline: Date | null;
}

/** The campaign is locked. */
export async function readDetails(tx: Tx, campaignId: string): Promise<CampaignDetails> {
  const { rows } = await tx.query<{
    title: string;
    brand: string;
    description: string;
    requirements: string;
    material_url: string | null;
    image_id: string | null;
    platforms: Platform[];
    payout_rate: string;
    cap_per_clip: string | null;
    min_views: string;
    starts_at: Date | null;
    deadline: Date | null;
  }>(
    `SELECT title, brand, description, requirements, material_url, image_id, platforms, payout_rate, cap_per_clip, min_views,
       starts_at, deadline
     FROM campaigns WHERE id = $1`,
    [campaignId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`Campaign ${campaignId} was not locked`);
  return {
    title: row.title,
    brand: row.brand,
    description: row.description,
    requirements: row.requirements,
    materialUrl: row.material_url,
    imageId: row.image_id,
    platforms: row.platforms,
    rateMicros: microsFromNumeric(row.payout_rate),
    rates: (await readRates(tx, [campaignId])).get(campaignId) ?? [],
    capMicros: row.cap_per_clip === null ? null : microsFromNumeric(row.cap_per_clip),
    minViews: BigInt(row.min_views),
    startsAt: row.starts_at,
    deadline: row.deadline,
  };
}

/** Replaces what is said of a campaign; it is locked. What was approved keeps its terms. */
export async function writeDetails(tx: Tx, campaignId: string, details: CampaignDetails, at: Date): Promise<void> {
  await tx.query(
    `UPDATE campaigns SET title = $2, brand = $3, description = $4, requirements = $5, material_url = $6, image_id = $7,
       platforms = $8, payout_rate = $9, cap_per_clip = $10, min_views = $11, starts_at = $12, deadline = $13,
       version = version + 1, updated_at = $14
     WHERE id = $1`,
    [
      campaignId,
      details.title,
      details.brand,
      details.description,
      details.requirements,
      details.materialUrl,
      details.imageId,
      [...details.platforms],
      numericFromMicros(details.rateMicros),
      details.capMicros === null ? null : numericFromMicros(details.capMicros),
      details.minViews.toString(),
      details.startsAt,
      details.deadline,
      at,
    ],
  );
  await writeRates(tx, campaignId, details.rates);
}

/** Hides a campaign from lists or shows it again; it is locked. False: it was so already. */
export async function setArchived(tx: Tx, campaignId: string, archived: boolean, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE campaigns SET archived_at = CASE WHEN $2 THEN $3::timestamptz END, version = version + 1, updated_at = $3
     WHERE id = $1 AND (archived_at IS NULL) = $2`,
    [campaignId, archived, at],
  );
  return rowCount === 1;
}

/** The campaign is locked. */
export async function isArchived(tx: Tx, campaignId: string): Promise<boolean> {
  const { rowCount } = await tx.query('SELECT FROM campaigns WHERE id = $1 AND archived_at IS NOT NULL', [campaignId]);
  return rowCount === 1;
}

/** Tells open pages that what a campaign says has changed: they fetch it. */
export async function announceEdit(tx: Tx, campaign: Pick<LockedCampaign, 'id' | 'status'>, at: Date): Promise<void> {
  const payload = { campaignId: campaign.id, status: campaign.status, at: at.toISOString() };
  await appendEvents(tx, [{ topic: campaignTopic(campaign.id), type: 'campaign.edited', payload }]);
}

import type { CampaignStatus } from '@clipmeter/core/campaign-state';
import { DomainError } from '@clipmeter/core/domain-error';
import type { Micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import { type LockedCampaign, lockCampaigns } from '#src/batch-locks.ts';
import { type CampaignDetails, writeDetails } from '#src/campaign-details.ts';
import { campaignEvents } from '#src/campaign-events.ts';
import { recordLaunches } from '#src/campaign-launch.ts';
import { appendEvents } from '#src/event-log.ts';
import { ensureAccounts, moveMoney } from '#src/ledger.ts';
import { numericFromMicros } from '#src/micros-column.ts';
import { newId } from '#src/new-id.ts';
import type { Tx } from '#src/transaction.ts';

/**
 * The campaign under its lock; its clips, if any are needed, were locked before.
 *
 * @throws DomainError NOT_FOUND
 */
export async function lockCampaign(tx: Tx, campaignId: string): Promise<LockedCampaign> {
  const campaign = (await lockCampaigns(tx, [campaignId])).get(campaignId);
  if (campaign === undefined) throw new DomainError('NOT_FOUND', 'There is no such campaign.');
  return campaign;
}

export interface CampaignDraft {
  readonly id: string;
  readonly details: CampaignDetails;
  readonly budgetMicros: Micros;
  readonly createdBy: string;
  readonly at: Date;
}

/** Writes a draft and the first line of its history. False: that id exists already, and nothing was written. */
export async function insertDraft(tx: Tx, draft: CampaignDraft): Promise<boolean> {
  const { id, details, budgetMicros, createdBy, at } = draft;
  const { rowCount } = await tx.query(
    `INSERT INTO campaigns (id, budget, created_by, created_at, updated_at, title, brand, payout_rate, platforms)
     VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
    [
      id,
      numericFromMicros(budgetMicros),
      createdBy,
      at,
      details.title,
      details.brand,
      numericFromMicros(details.rateMicros),
      [...details.platforms],
    ],
  );
  if (rowCount === 0) return false;
  await writeDetails(tx, id, details, at);
  await recordStatusChange(tx, {
    campaignId: id,
    from: null,
    to: 'DRAFT',
    reason: null,
    settlementNumber: 0n,
    actorId: createdBy,
    at,
  });
  return true;
}

/** What publishing and submitting decide from, beside the locked row. */
export interface Offer {
  readonly platforms: readonly Platform[];
  readonly startsAt: Date | null;
  readonly deadline: Date | null;
}

/** The campaign is locked. */
export async function readOffer(tx: Tx, campaignId: string): Promise<Offer> {
  const { rows } = await tx.query<{ platforms: Platform[]; starts_at: Date | null; deadline: Date | null }>(
    'SELECT platforms, starts_at, deadline FROM campaigns WHERE id = $1',
    [campaignId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`Campaign ${campaignId} was not locked`);
  return { platforms: row.platforms, startsAt: row.starts_at, deadline: row.deadline };
}

export interface StatusChange {
  readonly campaign: LockedCampaign;
  readonly to: CampaignStatus;
  readonly reason: string | null;
  readonly actorId: string;
  readonly at: Date;
}

/** Changes a status that is not final (a final one is completeCampaign's) and records it. The campaign is locked. */
export async function changeStatus(tx: Tx, { campaign, to, reason, actorId, at }: StatusChange): Promise<void> {
  await tx.query('UPDATE campaigns SET status = $2, version = version + 1, updated_at = $3 WHERE id = $1', [
    campaign.id,
    to,
    at,
  ]);
  const { id: campaignId, status: from, settlementNumber } = campaign;
  await recordStatusChange(tx, { campaignId, from, to, reason, settlementNumber, actorId, at });
  if (to === 'ACTIVE' && from !== 'PAUSED') await recordLaunches(tx, [campaignId], at);
}

async function recordStatusChange(
  tx: Tx,
  change: {
    campaignId: string;
    from: CampaignStatus | null;
    to: CampaignStatus;
    reason: string | null;
    settlementNumber: bigint;
    actorId: string;
    at: Date;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO campaign_status_changes (id, campaign_id, from_status, to_status, reason, settlement_number, actor_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      newId(),
      change.campaignId,
      change.from,
      change.to,
      change.reason,
      change.settlementNumber.toString(),
      change.actorId,
      change.at,
    ],
  );
}

export interface Funding {
  readonly id: string;
  readonly campaign: Pick<LockedCampaign, 'id' | 'settlementNumber'>;
  readonly kind: 'FUNDING' | 'TOP_UP';
  readonly amountMicros: Micros;
  readonly actorId: string;
  readonly at: Date;
}

/**
 * Moves money into a campaign: outside → budget, caused by its row of campaign_fundings; a top-up raises the budget too.
 * The campaign is locked. False: that funding exists already, and nothing was moved.
 */
export async function fund(tx: Tx, funding: Funding): Promise<boolean> {
  const { campaign, amountMicros, at } = funding;
  const amount = numericFromMicros(amountMicros);
  const { rowCount } = await tx.query(
    `INSERT INTO campaign_fundings (id, campaign_id, kind, amount, settlement_number, actor_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
    [funding.id, campaign.id, funding.kind, amount, campaign.settlementNumber.toString(), funding.actorId, at],
  );
  if (rowCount === 0) {
    await refuseAnother(tx, funding.id, campaign.id);
    return false;
  }
  if (funding.kind === 'TOP_UP') {
    await tx.query('UPDATE campaigns SET budget = budget + $2, version = version + 1, updated_at = $3 WHERE id = $1', [
      campaign.id,
      amount,
      at,
    ]);
  }
  const from = { kind: 'outside' } as const;
  const to = { kind: 'budget', campaignId: campaign.id } as const;
  await ensureAccounts(tx, [from, to]);
  await moveMoney(tx, [
    { causeKind: 'funding', causeId: funding.id, movement: 'fund', from, to, amountMicros, eventAt: at },
  ]);
  return true;
}

/** A repeat is harmless; the same id for another campaign is not a repeat. */
async function refuseAnother(tx: Tx, fundingId: string, campaignId: string): Promise<void> {
  const { rows } = await tx.query<{ campaign_id: string }>('SELECT campaign_id FROM campaign_fundings WHERE id = $1', [
    fundingId,
  ]);
  if (rows[0]?.campaign_id !== campaignId)
    throw new DomainError('CONFLICT', 'That funding belongs to another campaign.');
}

/**
 * Takes money out of a draft again: budget → outside, caused by a row of its own. The campaign is locked; nobody was
 * promised anything yet.
 */
export async function reduceDraft(
  tx: Tx,
  reduction: { campaign: LockedCampaign; amountMicros: Micros; actorId: string; at: Date },
): Promise<void> {
  const { campaign, amountMicros, actorId, at } = reduction;
  if (campaign.status !== 'DRAFT') throw new Error(`Campaign ${campaign.id} is published: its budget is only raised`);
  const id = newId();
  const amount = numericFromMicros(amountMicros);
  await tx.query(
    `INSERT INTO campaign_fundings (id, campaign_id, kind, amount, settlement_number, actor_id, created_at)
     VALUES ($1, $2, 'REDUCTION', $3, $4, $5, $6)`,
    [id, campaign.id, amount, campaign.settlementNumber.toString(), actorId, at],
  );
  await tx.query('UPDATE campaigns SET budget = budget - $2, version = version + 1, updated_at = $3 WHERE id = $1', [
    campaign.id,
    amount,
    at,
  ]);
  const from = { kind: 'budget', campaignId: campaign.id } as const;
  const to = { kind: 'outside' } as const;
  await moveMoney(tx, [{ causeKind: 'funding', causeId: id, movement: 'refund', from, to, amountMicros, eventAt: at }]);
}

/** Tells every open page how the campaign is now. The last write of an operation. */
export async function announceCampaign(tx: Tx, campaignId: string, at: Date): Promise<void> {
  await appendEvents(tx, await campaignEvents(tx, [campaignId], at));
}

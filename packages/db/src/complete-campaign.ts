import type { CompletionReason } from '@clipmeter/core/campaign-state';
import type { Micros } from '@clipmeter/core/money';
import { v7 as uuidv7 } from 'uuid';
import type { LockedCampaign } from '#src/batch-locks.ts';
import { campaignEvents } from '#src/campaign-events.ts';
import { forgetClips, scheduledClips } from '#src/campaign-schedules.ts';
import { appendEvents } from '#src/event-log.ts';
import { type Movement, moveMoney } from '#src/ledger.ts';
import { microsFromNumeric } from '#src/micros-column.ts';
import { refuseWhileSettling } from '#src/refuse-while-settling.ts';
import type { Tx } from '#src/transaction.ts';

export interface Completion {
  /** Under its lock, and not final yet. */
  readonly campaign: Pick<LockedCampaign, 'id' | 'status'>;
  readonly status: 'COMPLETED' | 'CANCELLED';
  readonly reason: CompletionReason;
  /** Null: the tracker did it. */
  readonly actorId: string | null;
  readonly now: Date;
}

/** What a campaign has left when it ends goes back where it came from: budget → outside, once by its cause. */
export function refundOf(campaignId: string, leftMicros: Micros, now: Date): Movement[] {
  if (leftMicros <= 0n) return [];
  return [
    {
      causeKind: 'completion',
      causeId: campaignId,
      movement: 'refund',
      from: { kind: 'budget', campaignId },
      to: { kind: 'outside' },
      amountMicros: leftMicros,
      eventAt: now,
    },
  ];
}

/**
 * Makes a campaign final: status, reason and time, its row of history, the end of its closing round. Its money is the
 * caller's to move in the same transaction (`refundOf`); its clippers' pending is released later, in chunks.
 *
 * @returns what the campaign had left
 */
export async function markFinal(tx: Tx, { campaign, status, reason, actorId, now }: Completion): Promise<Micros> {
  const { rows } = await tx.query<{ left: string; settlement_number: string }>(
    `UPDATE campaigns SET status = $2, completion_reason = $3, completed_at = $4, closing_round_id = NULL, expected = 0,
       version = version + 1, updated_at = $4
     WHERE id = $1 AND status NOT IN ('COMPLETED', 'CANCELLED')
     RETURNING budget - spent AS left, settlement_number`,
    [campaign.id, status, reason, now],
  );
  const row = rows[0];
  if (!row) throw new Error(`Campaign ${campaign.id} is final already or was not locked`);
  await tx.query(
    `INSERT INTO campaign_status_changes (id, campaign_id, from_status, to_status, reason, settlement_number, actor_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [uuidv7(), campaign.id, campaign.status, status, reason, row.settlement_number, actorId, now],
  );
  await tx.query('UPDATE closing_rounds SET ended_at = $2 WHERE campaign_id = $1 AND ended_at IS NULL', [
    campaign.id,
    now,
  ]);
  return microsFromNumeric(row.left);
}

/** Schedules that are forgotten in the transaction of the end; the rest of a very large campaign goes with its release. */
const FORGET_MAX = 1_000;

/**
 * Ends a campaign at once, without reading anything more: final status, unspent money back outside, one event.
 *
 * @throws DomainError WRONG_STATE while its closing round is settled part by part: some clips would have their share of it
 *   and others not
 */
export async function completeCampaign(tx: Tx, completion: Completion): Promise<void> {
  await refuseWhileSettling(tx, completion.campaign.id);
  const leftMicros = await markFinal(tx, completion);
  const { id } = completion.campaign;
  await forgetClips(tx, id, await scheduledClips(tx, id, FORGET_MAX));
  await moveMoney(tx, refundOf(completion.campaign.id, leftMicros, completion.now));
  await appendEvents(tx, await campaignEvents(tx, [completion.campaign.id], completion.now));
}

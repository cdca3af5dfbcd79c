import { DomainError } from '@clipmeter/core/domain-error';
import { formatUsd, type Micros, minMicros, subtractMicros, ZERO_MICROS } from '@clipmeter/core/money';
import { balanceEvents } from '#src/balance-events.ts';
import type { LockedCampaign } from '#src/batch-locks.ts';
import { campaignEvents } from '#src/campaign-events.ts';
import type { Queryable } from '#src/connect.ts';
import { appendEvents } from '#src/event-log.ts';
import { type AccountRef, assertBudget, ensureAccounts, lockAccounts, moveMoney } from '#src/ledger.ts';
import { microsFromNumeric, numericFromMicros } from '#src/micros-column.ts';
import type { SubmissionRow } from '#src/transact-submission.ts';
import type { Tx } from '#src/transaction.ts';

/** What a submission was credited while it was approved, and what of that was taken back. */
export interface EarnedUnder {
  readonly earnedMicros: Micros;
  readonly reversedMicros: Micros;
}

/**
 * Reads the ledger for one submission. Its clip may have earned before and after it under others, in the same campaign
 * too: the settlements between its approval and its revocation are its own.
 */
export async function readEarnedUnder(client: Queryable, submissionId: string): Promise<EarnedUnder> {
  const { rows } = await client.query<{ earned: string; reversed: string }>(
    `SELECT COALESCE((
         SELECT sum(e.amount) FROM ledger_entries e JOIN settlements x ON x.id = e.settlement_id
         WHERE e.movement = 'accrue' AND e.clip_id = s.clip_id AND x.campaign_id = s.campaign_id
           AND x.number > (SELECT min(t.settlement_number) FROM submission_terms t WHERE t.submission_id = s.id)
           AND x.number <= COALESCE((SELECT h.settlement_number FROM submission_status_changes h
             WHERE h.submission_id = s.id AND h.to_status = 'REVOKED' LIMIT 1), x.number)), 0) AS earned,
       COALESCE((SELECT sum(r.amount) FROM earnings_reversals r WHERE r.submission_id = s.id), 0) AS reversed
     FROM clip_submissions s WHERE s.id = $1`,
    [submissionId],
  );
  const row = rows[0];
  return row
    ? { earnedMicros: microsFromNumeric(row.earned), reversedMicros: microsFromNumeric(row.reversed) }
    : { earnedMicros: ZERO_MICROS, reversedMicros: ZERO_MICROS };
}

/** Where a reversal takes money from and where it goes: into the budget while the campaign runs, outside afterwards. */
function sidesOf(
  { userId, campaignId }: Pick<SubmissionRow, 'userId' | 'campaignId'>,
  isRunning: boolean,
): { from: AccountRef & { kind: 'pending' | 'available' }; to: AccountRef } {
  return isRunning
    ? { from: { kind: 'pending', campaignId, userId }, to: { kind: 'budget', campaignId } }
    : { from: { kind: 'available', userId }, to: { kind: 'outside' } };
}

export interface Reversal {
  /** Made by the caller: a repeat moves nothing. */
  readonly id: string;
  readonly submission: SubmissionRow;
  readonly campaign: LockedCampaign;
  readonly amountMicros: Micros;
  readonly reason: string;
  readonly actorId: string;
  readonly at: Date;
}

/**
 * Takes back what a revoked submission earned: never more than it earned, never more than is in the account, and so never
 * what is in a payout or was paid. Everything but the accounts is locked (`lockSubmission`); no closing round is open and
 * no release is under way.
 *
 * @returns false if this very reversal was made before
 * @throws DomainError WRONG_STATE, CONFLICT
 */
export async function reverseEarnings(tx: Tx, reversal: Reversal): Promise<boolean> {
  const { id, submission, campaign, amountMicros, reason, actorId, at } = reversal;
  const isRunning = campaign.completedAt === null;
  const { from, to } = sidesOf(submission, isRunning);
  if (await isRepeat(tx, id, submission.id)) return false;
  const { earnedMicros, reversedMicros } = await readEarnedUnder(tx, submission.id);
  await ensureAccounts(tx, [from, to]);
  const account = await lockAccounts(tx, [from, to]);
  const mostMicros = minMicros(subtractMicros(earnedMicros, reversedMicros), account(from).balanceMicros);
  if (amountMicros > mostMicros) throw new DomainError('WRONG_STATE', refusalOf(mostMicros));
  await tx.query(
    `INSERT INTO earnings_reversals (id, submission_id, from_kind, amount, reason, settlement_number, actor_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      submission.id,
      from.kind,
      numericFromMicros(amountMicros),
      reason,
      campaign.settlementNumber.toString(),
      actorId,
      at,
    ],
  );
  const balances = await moveMoney(tx, [
    {
      causeKind: 'reversal',
      causeId: id,
      movement: 'reverse',
      from,
      to,
      amountMicros,
      eventAt: at,
      clipId: submission.clipId,
    },
  ]);
  if (isRunning) {
    const spentMicros = subtractMicros(campaign.spentMicros, amountMicros);
    await tx.query('UPDATE campaigns SET spent = $2, version = version + 1, updated_at = $3 WHERE id = $1', [
      campaign.id,
      numericFromMicros(spentMicros),
      at,
    ]);
    assertBudget(balances, campaign.id, subtractMicros(campaign.budgetMicros, spentMicros));
    await appendEvents(tx, await campaignEvents(tx, [campaign.id], at));
  }
  await appendEvents(tx, balanceEvents(balances, at));
  return true;
}

const refusalOf = (mostMicros: Micros) =>
  mostMicros > 0n
    ? `Only ${formatUsd(mostMicros)} can be taken back now: the rest is in a payout, was paid, or was taken back before.`
    : 'Nothing is left to take back: it is in a payout, was paid, or was taken back before.';

async function isRepeat(tx: Tx, reversalId: string, submissionId: string): Promise<boolean> {
  const { rows } = await tx.query<{ submission_id: string }>(
    'SELECT submission_id FROM earnings_reversals WHERE id = $1',
    [reversalId],
  );
  if (rows[0] !== undefined && rows[0].submission_id !== submissionId)
    throw new DomainError('CONFLICT', 'That reversal is of another submission.');
  return rows[0] !== undefined;
}

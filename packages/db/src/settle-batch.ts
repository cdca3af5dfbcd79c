import {
  addMicros,
  formatDecimal,
  formatUsd,
  type Micros,
  subtractMicros,
  sumMicros,
  ZERO_MICROS,
} from '@clipmeter/core/money';
import { type Platform, platformName } from '@clipmeter/core/platform';
import { ADMIN_TOPIC } from '@clipmeter/realtime/topic';
import type { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { ensureAnsweredClips } from '#src/answered-clips.ts';
import { type LockedBatch, lockBatch } from '#src/batch-locks.ts';
import type { BatchPlan } from '#src/batch-plan.ts';
import { isSettled, readOpenRounds, readRunHead, readSettled } from '#src/batch-run.ts';
import { alertBudgets } from '#src/budget-alerts.ts';
import { campaignEvents } from '#src/campaign-events.ts';
import { readRatesForApproval } from '#src/campaign-rates.ts';
import { readAbsences, writeAbsences } from '#src/clip-absence.ts';
import { holdObservations } from '#src/closing-round.ts';
import { markFinal } from '#src/complete-campaign.ts';
import { appendEvents } from '#src/event-log.ts';
import { readFirstReadFacts, writeFirstReads } from '#src/first-reads.ts';
import { assertBudget, moveMoney } from '#src/ledger.ts';
import { numericFromMicros } from '#src/micros-column.ts';
import { type NewNotification, notifyUsers } from '#src/notify-users.ts';
import { planBatch, type SettlementConfig } from '#src/plan-batch.ts';
import { prepared } from '#src/prepared.ts';
import type { ReadResult } from '#src/read-result.ts';
import {
  approvalEvents,
  changedClips,
  clipEarnedEvents,
  earningsEvents,
  firstReadEvents,
} from '#src/settlement-events.ts';
import { type Tx, withTransaction } from '#src/transaction.ts';
import {
  accrualsOf,
  deleteSchedules,
  writeApprovals,
  writeCampaigns,
  writeClips,
  writeSchedules,
  writeSettlements,
  writeSnapshots,
  writeSubmissionNotes,
} from '#src/write-batch.ts';
import { holdEvents, holdNotices, writeHolds } from '#src/write-hold.ts';
import { identityEvents, rejectionNotices, writeIdentities } from '#src/write-identity.ts';

/** The observations of one run, once the platform has answered for all of them. */
export interface BatchResults {
  readonly runId: string;
  readonly platform: Platform;
  /** The run's end. It must be the same in a redelivery: it dates the snapshots. */
  readonly endedAt: Date;
  readonly results: readonly ReadResult[];
  readonly now: Date;
  readonly costMicros: Micros | null;
  readonly costIsFinal: boolean;
  readonly durationMs: number;
}

/** What one batch came to: the daemon's line of log. */
export interface BatchSummary {
  readonly read: number;
  readonly unknown: number;
  readonly unavailable: number;
  /** Observations that an earlier delivery had settled. */
  readonly replayed: number;
  readonly approved: number;
  /** Clips that were credited something. */
  readonly credits: number;
  readonly creditedMicros: Micros;
  readonly completedCampaignIds: readonly string[];
}

/** Called at named steps, so that a test can kill the process there. */
export type FaultPoint = (step: 'settle:locked' | 'settle:written') => Promise<void> | void;

/**
 * Settles one batch: turns observations into snapshots, earnings, ledger entries, schedules and events in ONE transaction
 * of a fixed number of statements, whatever the batch's size. Locks first, in the system's order; decides only from locked
 * rows; then writes. Given the same run again it changes nothing for clips that it has settled.
 */
export async function settleBatch(
  pool: Pool,
  batch: BatchResults,
  config: SettlementConfig,
  faultPoint: FaultPoint = () => {},
): Promise<BatchSummary> {
  return withTransaction(pool, async (tx) => {
    const run = await readRunHead(tx, batch.runId);
    const answeredClips = await ensureAnsweredClips(tx, batch);
    const answered = [...answeredClips.values()].map((clip) => clip.clipId);
    const clipIds = [...new Set([...run.clipIds, ...batch.results.map((result) => result.clipId), ...answered])];
    const locked = await lockBatch(tx, clipIds);
    const [rounds, isRepeat] = await Promise.all([readOpenRounds(tx, locked), isSettled(tx, batch.runId)]);
    const settledBefore = isRepeat
      ? await readSettled(tx, batch, { ...run, clipIds, roundIds: [...rounds.keys()] })
      : new Set<string>();
    const rates = await readRatesForApproval(tx, locked.submissions.values());
    const firstReads = await readFirstReadFacts(tx, locked);
    const absentSince = await readAbsences(tx, batch.results);
    await faultPoint('settle:locked');
    const plan = planBatch({
      ...batch,
      runClipIds: run.clipIds,
      recordedAt: run.recordedAt,
      settledBefore,
      rounds,
      locked,
      rates,
      firstReads,
      answeredClips,
      absentSince,
      config,
    });
    const summary = await writePlan(tx, { ...batch, claimed: run.clipIds.length }, locked, plan);
    await faultPoint('settle:written');
    return summary;
  });
}

type SettledRun = BatchResults & { readonly claimed: number };

async function writePlan(tx: Tx, batch: SettledRun, locked: LockedBatch, plan: BatchPlan): Promise<BatchSummary> {
  const { now } = batch;
  const settlementIds = new Map(plan.settlements.map(({ campaign }) => [campaign.id as string, uuidv7()]));
  // The rows are on their way while what follows from them is prepared here.
  const [{ touched, completed }, { accruals, changed, earned }] = await Promise.all([
    writeRows(tx, batch, locked, plan, settlementIds),
    prepareMoney(batch, locked, plan, settlementIds),
  ]);
  const creditedMicros = sumMicros(plan.settlements.map((settlement) => settlement.creditedMicros));
  const summary: BatchSummary = {
    ...plan.counts,
    approved: plan.approvals.length,
    credits: accruals.length,
    creditedMicros,
    completedCampaignIds: completed,
  };
  const [balances, isFirst, changedCampaigns] = await Promise.all([
    moveMoney(tx, accruals),
    closeRun(tx, batch, summary),
    campaignEvents(tx, [...new Set([...changed.keys(), ...touched])], now, changed),
  ]);
  for (const { campaign, leftBeforeMicros, creditedMicros } of plan.settlements)
    assertBudget(balances, campaign.id, subtractMicros(leftBeforeMicros, creditedMicros));
  await appendEvents(tx, [
    ...changedCampaigns,
    ...earningsEvents(plan.clips, balances, locked, now),
    ...earned,
    ...approvalEvents(plan, now),
    ...firstReadEvents(plan, now),
    ...identityEvents(plan, now),
    ...holdEvents(plan, now),
    ...(isFirst ? [runFinished(batch, summary)] : []),
  ]);
  await notifyUsers(
    tx,
    [...approvalNotices(locked, plan), ...rejectionNotices(plan), ...holdNotices(plan, batch.runId)],
    now,
  );
  await alertBudgets(tx, plan.settlements, now);
  return summary;
}

/**
 * Everything but money and events. Sent together, done one after another: Postgres writes one table while the rows of the
 * next are prepared here.
 */
async function writeRows(
  tx: Tx,
  batch: SettledRun,
  locked: LockedBatch,
  plan: BatchPlan,
  settlementIds: ReadonlyMap<string, string>,
): Promise<{ touched: string[]; completed: string[] }> {
  const { now } = batch;
  const settlements = plan.settlements.map((settlement) => ({
    id: settlementIds.get(settlement.campaign.id) ?? '',
    campaignId: settlement.campaign.id,
    number: settlement.campaign.settlementNumber + 1n,
    runId: batch.runId,
    kind: 'BATCH' as const,
    leftBeforeMicros: settlement.leftBeforeMicros,
    owedMicros: settlement.owedMicros,
    creditedMicros: settlement.creditedMicros,
    status: settlement.campaign.status,
  }));
  const snapshots = plan.snapshots.map((snapshot) => ({
    ...snapshot,
    runId: batch.runId,
    date: batch.endedAt,
    platform: batch.platform,
    settlementId: snapshot.campaignId === null ? null : (settlementIds.get(snapshot.campaignId) ?? null),
  }));
  const [, , , totals] = await Promise.all([
    writeSettlements(tx, settlements, now),
    writeSnapshots(tx, snapshots),
    writeClips(tx, plan.clips),
    writeTotals(tx, locked, plan, now),
    writeSchedules(tx, plan.schedules, batch),
    deleteSchedules(tx, plan.unscheduled),
    holdObservations(tx, plan.held, batch),
    writeApprovals(tx, plan, now),
    writeSubmissionNotes(tx, plan),
    writeFirstReads(tx, plan, now),
    writeIdentities(tx, plan, batch),
    writeHolds(tx, plan, batch),
    writeAbsences(tx, plan.absentNow, now),
  ]);
  return totals;
}

/** What the money and the events are made of; asynchronous only to run while Postgres writes. */
async function prepareMoney(
  batch: SettledRun,
  locked: LockedBatch,
  plan: BatchPlan,
  settlementIds: ReadonlyMap<string, string>,
) {
  return {
    accruals: accrualsOf(plan, batch, settlementIds),
    changed: changedClips(plan.clips, locked, plan),
    earned: clipEarnedEvents(plan.clips, locked, batch.now),
  };
}

/** Campaign totals and, where the budget is spent to the micro, completion: status, time and reason in this transaction. */
async function writeTotals(
  tx: Tx,
  locked: LockedBatch,
  plan: BatchPlan,
  now: Date,
): Promise<{ touched: string[]; completed: string[] }> {
  const settled = new Map(plan.settlements.map((settlement) => [settlement.campaign.id as string, settlement]));
  const change = expectedChanges(locked, plan);
  const touched = [...locked.campaigns.values()].filter(
    ({ id }) => settled.has(id) || (change.get(id) ?? ZERO_MICROS) !== 0n,
  );
  await writeCampaigns(
    tx,
    touched.map((campaign) => ({
      campaign,
      creditedMicros: settled.get(campaign.id)?.creditedMicros ?? ZERO_MICROS,
      settlements: settled.has(campaign.id) ? 1 : 0,
      expectedChangeMicros: change.get(campaign.id) ?? ZERO_MICROS,
    })),
    now,
  );
  const exhausted = plan.settlements.filter((settlement) => settlement.exhausted);
  for (const { campaign } of exhausted) {
    const leftMicros = await markFinal(tx, { campaign, status: 'COMPLETED', reason: 'BUDGET', actorId: null, now });
    if (leftMicros !== 0n)
      throw new Error(`Campaign ${campaign.id} ended on its budget with ${leftMicros} micros left`);
  }
  return { touched: touched.map(({ id }) => id), completed: exhausted.map(({ campaign }) => campaign.id) };
}

/** How the batch changes each campaign's forecast: what its clips are expected to earn now, less what they were. */
function expectedChanges(locked: LockedBatch, plan: BatchPlan): Map<string, Micros> {
  const changes = new Map<string, Micros>();
  const add = (clipId: string, change: Micros) => {
    const campaignId = locked.submissions.get(clipId)?.campaignId;
    if (campaignId) changes.set(campaignId, addMicros(changes.get(campaignId) ?? ZERO_MICROS, change));
  };
  for (const write of plan.schedules)
    add(write.clipId, subtractMicros(write.expectedMicros, write.expectedBeforeMicros));
  for (const clipId of plan.unscheduled)
    add(clipId, subtractMicros(ZERO_MICROS, locked.schedules.get(clipId)?.expectedMicros ?? ZERO_MICROS));
  return changes;
}

/** False: an earlier delivery did, and its numbers stand. */
async function closeRun(tx: Tx, batch: BatchResults, summary: BatchSummary): Promise<boolean> {
  const { rowCount } = await tx.query(
    prepared(`UPDATE scrape_runs SET status = 'SETTLED', ended_at = $2, read = $3, unknown = $4, unavailable = $5, credited = $6,
       cost = COALESCE($7::numeric, cost), cost_is_final = cost_is_final OR $8, duration_ms = $9
     WHERE id = $1 AND status <> 'SETTLED'`),
    [
      batch.runId,
      batch.endedAt,
      summary.read,
      summary.unknown,
      summary.unavailable,
      numericFromMicros(summary.creditedMicros),
      batch.costMicros === null ? null : numericFromMicros(batch.costMicros),
      batch.costIsFinal,
      Math.round(batch.durationMs),
    ],
  );
  return rowCount === 1;
}

const runFinished = (batch: SettledRun, summary: BatchSummary) => ({
  topic: ADMIN_TOPIC,
  type: 'run.finished',
  payload: {
    runId: batch.runId,
    platform: batch.platform,
    claimed: batch.claimed,
    read: summary.read,
    unknown: summary.unknown,
    unavailable: summary.unavailable,
    credited: formatDecimal(summary.creditedMicros),
    cost: batch.costMicros === null ? null : formatDecimal(batch.costMicros),
    durationMs: Math.round(batch.durationMs),
    error: null,
    at: batch.now.toISOString(),
  },
});

function approvalNotices(locked: LockedBatch, plan: BatchPlan): NewNotification[] {
  return plan.approvals.map(({ submission, campaign, terms }) => {
    const clip = locked.clips.get(submission.clipId);
    const name = clip?.title ? `“${clip.title}”` : `Your ${clip ? platformName(clip.platform) : ''} clip`;
    return {
      userId: submission.userId,
      kind: 'submission.approved',
      cause: submission.id,
      title: `Approved for ${campaign.title}`,
      body: `${name} counts from ${terms.initialViews} ${terms.metric} at ${formatUsd(terms.ratePer1000Micros)} per 1,000.`,
      link: `/campaigns/${campaign.id}`,
    };
  });
}

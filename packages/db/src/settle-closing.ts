import type { ShareRule } from '@clipmeter/core/allocation';
import type { CompletionReason } from '@clipmeter/core/campaign-state';

import { addMicros, type Micros, subtractMicros, sumMicros, ZERO_MICROS } from '@clipmeter/core/money';
import { type Counts, PREFERRED_METRICS } from '@clipmeter/core/platform';
import {
  type ClipDecision,
  type SettleClip,
  type SettleDecision,
  type SettleFlag,
  type SettleInput,
  type SettleLimits,
  settleCampaign,
} from '@clipmeter/core/settlement';
import { v7 as uuidv7 } from 'uuid';
import { accrualCause } from '#src/accrual-cause.ts';
import type { SettlementConfig } from '#src/batch-input.ts';
import {
  type LockedBatch,
  type LockedCampaign,
  type LockedClip,
  type LockedSubmission,
  lockBatch,
  lockCampaigns,
} from '#src/batch-locks.ts';
import type { BatchPlan, ClipWrite, Credit } from '#src/batch-plan.ts';
import { alertBudgets } from '#src/budget-alerts.ts';
import { campaignEvents } from '#src/campaign-events.ts';
import { type Held, type Round, readHeld } from '#src/closing-observations.ts';
import { markFinal, refundOf } from '#src/complete-campaign.ts';
import { appendEvents } from '#src/event-log.ts';
import { assertBudget, type Movement, moveMoney } from '#src/ledger.ts';
import { flagOf } from '#src/plan-held.ts';
import { creditedBefore, settleCampaignOf } from '#src/plan-read.ts';
import { planNextRead, type ScheduleWrite } from '#src/plan-schedule.ts';
import { changedClips, clipEarnedEvents, earningsEvents } from '#src/settlement-events.ts';
import type { SubmissionPlace } from '#src/submission-place.ts';
import type { Tx } from '#src/transaction.ts';
import {
  accrualOf,
  deleteSchedules,
  type SnapshotRow,
  writeCampaigns,
  writeClips,
  writeSchedules,
  writeSettlements,
  writeSnapshots,
  writeSubmissionNotes,
} from '#src/write-batch.ts';

/** A clip of a round, and what its last read brought. */
export interface ClosingClip {
  readonly clip: LockedClip;
  readonly submission: LockedSubmission;
  /** The counts that its last read brought; null if there was none. */
  readonly counts: Counts | null;
  /** What is wrong with them. */
  readonly flag: SettleFlag | null;
}

/** Clips of a round under their locks, all of them or a part, and its campaign. */
export interface Closing {
  readonly round: Round;
  readonly campaign: LockedCampaign;
  readonly locked: LockedBatch;
  readonly held: ReadonlyMap<string, Held>;
  readonly clips: readonly ClosingClip[];
  readonly now: Date;
  readonly limits: SettleLimits;
  readonly config: SettlementConfig;
}

/** Which part of a decided round is settled. */
export interface ClosingPart {
  readonly rule: ShareRule;
  /** The last of its clips. */
  readonly through: SubmissionPlace;
  readonly isLast: boolean;
}

/** Locks clips of a round and its campaign, and judges what was read. Null: the round is over. */
export async function lockClosing(
  tx: Tx,
  { round, clipIds, now }: { round: Round; clipIds: readonly string[]; now: Date },
  config: SettlementConfig,
): Promise<Closing | null> {
  const locked = await lockBatch(tx, clipIds);
  const campaign =
    locked.campaigns.get(round.campaignId) ?? (await lockCampaigns(tx, [round.campaignId])).get(round.campaignId);
  if (campaign?.closingRoundId !== round.id) return null;
  const held = await readHeld(tx, round.id, clipIds);
  const limits = round.limits ?? config.limits;
  const clips = [...locked.submissions.values()].flatMap((submission) => {
    const clip = locked.clips.get(submission.clipId);
    // What is on hold has no part in it, and keeps what it earned.
    return clip && submission.status === 'APPROVED' && !submission.isHeld && submission.campaignId === campaign.id
      ? [judge({ clip, submission }, campaign, held.get(clip.id), limits)]
      : [];
  });
  return { round, campaign, locked, held, clips, now, limits, config };
}

function judge(
  { clip, submission }: { clip: LockedClip; submission: LockedSubmission },
  campaign: LockedCampaign,
  held: Held | undefined,
  limits: SettleLimits,
): ClosingClip {
  const counts = held?.outcome === 'found' ? held.counts : null;
  const flag = counts && flagOf(campaign, settleClipOf(clip, submission, counts), limits);
  return { clip, submission, counts, flag };
}

const settleClipOf = (clip: LockedClip, submission: LockedSubmission, counts: Counts): SettleClip => ({
  clipId: clip.id,
  terms: termsOf(submission),
  creditedMicros: creditedBefore(clip, submission),
  observation: { counts },
  previousViews: clip.views,
  doubtfulViews: submission.doubtfulViews,
});

/** Whether the clip was read and may be believed: there is no further read that could confirm it. */
export const isRead = ({ counts, flag }: ClosingClip) => counts !== null && flag === null;

/** What these clips are owed, and by the rule of all of them, or as if these were all, paid. */
export function decideClosing({ campaign, clips, limits }: Closing, rule?: ShareRule): SettleDecision {
  const input: SettleInput = {
    // A pause ends with its campaign: what grew in it is paid now or never.
    campaign: { ...settleCampaignOf(campaign), status: 'ACTIVE' },
    clips: clips.map(({ clip, submission, counts, flag }) => {
      const lastViews: Counts = { [termsOf(submission).metric]: clip.views };
      return settleClipOf(clip, submission, counts !== null && flag === null ? counts : lastViews);
    }),
  };
  return settleCampaign(input, limits, rule);
}

/** A campaign that closes for its budget and has some left after fair shares goes on. */
export const endsCampaign = (round: Round, exhausted: boolean): boolean => round.reason !== 'BUDGET' || exhausted;

/** Whether a rule leaves nothing of the budget. */
export const exhausts = (rule: ShareRule): boolean => rule.owedTotal >= rule.leftMicros;

/**
 * Settles a round's clips, or a part of them: one settlement with its own number, whose money adds up by itself. The last
 * one ends the round, and the campaign with it or not.
 *
 * @returns whether the campaign ends with the round
 */
export async function settleClosing(
  tx: Tx,
  closing: Closing,
  part?: ClosingPart,
): Promise<{ isFinal: boolean; creditedMicros: Micros }> {
  const { round, campaign, locked, now } = closing;
  const settlementId = uuidv7();
  const decision = decideClosing(closing, part?.rule);
  const decisions = new Map<string, ClipDecision>(decision.clips.map((clip) => [clip.clipId, clip]));
  const exhausted = part ? exhausts(part.rule) : decision.exhausted;
  const isFinal = endsCampaign(round, exhausted);
  const isLast = part?.isLast ?? true;
  await writeSettlements(
    tx,
    [
      {
        id: settlementId,
        campaignId: campaign.id,
        number: campaign.settlementNumber + 1n,
        runId: null,
        kind: 'CLOSING',
        leftBeforeMicros: decision.leftBeforeMicros,
        owedMicros: decision.owedMicros,
        creditedMicros: decision.creditedMicros,
        status: campaign.status,
        round: { id: round.id, through: part?.through ?? null },
      },
    ],
    now,
  );
  await writeSnapshots(tx, snapshotRows(closing, settlementId));
  const writes = clipWrites(closing, decisions);
  await writeClips(tx, writes);
  const schedules = isFinal ? [] : nextReads(closing, decisions, part?.rule);
  const { creditedMicros } = decision;
  await writeCampaigns(
    tx,
    [{ campaign, creditedMicros, settlements: 1, expectedChangeMicros: changeOf(schedules) }],
    now,
  );
  const accruals = closing.clips.flatMap(({ clip, submission }) =>
    accrualsOf(closing, clip, submission, decisions, settlementId),
  );
  await writeSubmissionNotes(tx, { doubts: doubtsOf(closing), blocked: [] });
  if (isFinal) await deleteSchedules(tx, [...decisions.keys()]);
  else await writeSchedules(tx, schedules, { runId: null, now });
  const refunds = isLast ? await endRound(tx, closing, { isFinal, exhausted }) : [];
  const balances = await moveMoney(tx, [...accruals, ...refunds]);
  const leftMicros =
    isFinal && isLast ? ZERO_MICROS : subtractMicros(decision.leftBeforeMicros, decision.creditedMicros);
  assertBudget(balances, campaign.id, leftMicros);
  await appendEvents(tx, [
    ...(await campaignEvents(tx, [campaign.id], now, changedClips(writes, locked))),
    ...earningsEvents(writes, balances, locked, now),
    ...clipEarnedEvents(writes, locked, now),
  ]);
  await alertBudgets(tx, [{ campaign, creditedMicros }], now);
  return { isFinal, creditedMicros };
}

function termsOf(submission: LockedSubmission) {
  if (!submission.terms) throw new Error(`Submission ${submission.id} is approved without terms`);
  return submission.terms;
}

/** A doubt that this round confirmed is over; one that it raised waits for the read after it. */
function doubtsOf({ clips }: Closing): BatchPlan['doubts'] {
  return clips.flatMap(({ submission, counts, flag }) => {
    if (counts === null || flag === 'metric_mismatch') return [];
    const doubtfulViews = flag === null ? null : (counts[termsOf(submission).metric] ?? null);
    return doubtfulViews === submission.doubtfulViews ? [] : [{ submissionId: submission.id, doubtfulViews }];
  });
}

function accrualsOf(
  closing: Closing,
  clip: LockedClip,
  submission: LockedSubmission,
  decisions: ReadonlyMap<string, ClipDecision>,
  settlementId: string,
): Movement[] {
  const creditMicros = decisions.get(clip.id)?.creditMicros ?? ZERO_MICROS;
  if (creditMicros === 0n) return [];
  const held = closing.held.get(clip.id);
  const credit: Credit = {
    clipId: clip.id,
    submission,
    creditMicros,
    creditedMicros: addMicros(creditedBefore(clip, submission), creditMicros),
  };
  return [
    accrualOf(credit, {
      causeId: accrualCause(clip.id, held?.outcome === 'found' ? held.runId : closing.round.id),
      campaignId: closing.campaign.id,
      settlementId,
      eventAt: held?.date ?? closing.now,
    }),
  ];
}

function snapshotRows(closing: Closing, settlementId: string): SnapshotRow[] {
  return closing.clips.flatMap(({ clip, submission, counts, flag }) => {
    const held = closing.held.get(clip.id);
    if (!held || !counts) return [];
    const metrics = [termsOf(submission).metric, ...PREFERRED_METRICS[clip.platform]];
    const metric = metrics.find((candidate) => counts[candidate] !== undefined);
    const views = metric && counts[metric];
    if (!metric || views === undefined) return [];
    return [
      {
        clipId: clip.id,
        runId: held.runId,
        date: held.date,
        platform: clip.platform,
        metric,
        views,
        counts,
        flag,
        settlementId,
      },
    ];
  });
}

function clipWrites(closing: Closing, decisions: ReadonlyMap<string, ClipDecision>): ClipWrite[] {
  return closing.clips.map(({ clip, submission }) => {
    const held = closing.held.get(clip.id);
    const decision = decisions.get(clip.id);
    return {
      clip,
      views: decision?.views ?? clip.views,
      metric: termsOf(submission).metric,
      creditMicros: decision?.creditMicros ?? ZERO_MICROS,
      availability: held?.outcome === 'found' ? 'LIVE' : held?.outcome === 'private' ? 'PRIVATE' : null,
      readAt: held?.outcome === 'found' ? held.date : null,
      found: null,
    };
  });
}

/** The campaign ends, with what it has left, or goes on. */
async function endRound(
  tx: Tx,
  { round, campaign, now }: Closing,
  { isFinal, exhausted }: { isFinal: boolean; exhausted: boolean },
): Promise<Movement[]> {
  if (isFinal) {
    const reason: CompletionReason = exhausted ? 'BUDGET' : round.reason;
    const leftMicros = await markFinal(tx, { campaign, status: 'COMPLETED', reason, actorId: round.actorId, now });
    return refundOf(campaign.id, leftMicros, now);
  }
  await tx.query('UPDATE closing_rounds SET ended_at = $2 WHERE id = $1', [round.id, now]);
  await tx.query('UPDATE campaigns SET closing_round_id = NULL, version = version + 1 WHERE id = $1', [campaign.id]);
  return [];
}

/** The campaign goes on: its clips are scheduled as after any read. */
function nextReads(
  { campaign, clips, held, locked, now, config }: Closing,
  decisions: ReadonlyMap<string, ClipDecision>,
  rule: ShareRule | undefined,
): ScheduleWrite[] {
  // Every part sees what was left when the round was decided.
  const spentMicros = rule ? subtractMicros(campaign.budgetMicros, rule.leftMicros) : campaign.spentMicros;
  return clips.map(({ clip, submission }) =>
    planNextRead(
      { now, endedAt: held.get(clip.id)?.date ?? now, config },
      {
        clip,
        campaign: { ...campaign, spentMicros },
        terms: termsOf(submission),
        views: decisions.get(clip.id)?.views ?? clip.views,
        creditedMicros: addMicros(
          creditedBefore(clip, submission),
          decisions.get(clip.id)?.creditMicros ?? ZERO_MICROS,
        ),
        isFirst: false,
        schedule: locked.schedules.get(clip.id),
      },
    ),
  );
}

const changeOf = (schedules: readonly ScheduleWrite[]): Micros =>
  subtractMicros(
    sumMicros(schedules.map((write) => write.expectedMicros)),
    sumMicros(schedules.map((write) => write.expectedBeforeMicros)),
  );

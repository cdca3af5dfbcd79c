import type { CompletionReason } from '@clipmeter/core/campaign-state';
import { addMicros, type Micros, subtractMicros, sumMicros, ZERO_MICROS } from '@clipmeter/core/money';
import { type Counts, PREFERRED_METRICS } from '@clipmeter/core/platform';
import { type ClipDecision, type SettleClip, type SettleFlag, settleCampaign } from '@clipmeter/core/settlement';
import type { Pool } from 'pg';
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
import { campaignEvents } from '#src/campaign-events.ts';
import { approvedClips, type Held, type Round, readHeld, readRound } from '#src/closing-observations.ts';
import { markFinal, refundOf } from '#src/complete-campaign.ts';
import { appendEvents } from '#src/event-log.ts';
import { assertBudget, type Movement, moveMoney } from '#src/ledger.ts';
import { numericFromMicros } from '#src/micros-column.ts';
import { notifyUsers } from '#src/notify-users.ts';
import { flagOf } from '#src/plan-held.ts';
import { creditedBefore, settleCampaignOf } from '#src/plan-read.ts';
import { planNextRead } from '#src/plan-schedule.ts';
import { changedClips, clipEarnedEvents, earningsEvents } from '#src/settlement-events.ts';
import { type Tx, withTransaction } from '#src/transaction.ts';
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

/** How a closing round stands after a look at it. */
export type ClosingOutcome =
  | { kind: 'waiting'; missing: number }
  /** Final now. */
  | { kind: 'completed'; creditedMicros: Micros }
  /** It closed for its budget, and after fair shares something is left: it goes on. */
  | { kind: 'continues'; creditedMicros: Micros }
  | { kind: 'over' };

interface ClosingClip {
  readonly clip: LockedClip;
  readonly submission: LockedSubmission;
  /** The counts that its last read brought; null if there was none. */
  readonly counts: Counts | null;
  /** What is wrong with them. */
  readonly flag: SettleFlag | null;
}

interface Closing {
  readonly round: Round;
  readonly campaign: LockedCampaign;
  readonly locked: LockedBatch;
  readonly held: ReadonlyMap<string, Held>;
  readonly clips: readonly ClosingClip[];
  readonly now: Date;
  readonly config: SettlementConfig;
}

/** A round is settled whole, however many its clips: cut off by the usual limits it would begin again and never end. */
const ROUND_TIMEOUT = '5min';

/**
 * Ends a closing round when every clip has answered, or at its limit: all held observations are settled together, so no
 * clip gains by being read first; a clip that could not be read counts at its last views and its clipper is told.
 * One transaction; a repeat finds the round over.
 */
export async function finishClosingRound(
  pool: Pool,
  finish: { roundId: string; now: Date },
  config: SettlementConfig,
): Promise<ClosingOutcome> {
  return withTransaction(pool, async (tx) => {
    await tx.query(`SET LOCAL statement_timeout = '${ROUND_TIMEOUT}'`);
    await tx.query(`SET LOCAL idle_in_transaction_session_timeout = '${ROUND_TIMEOUT}'`);
    const round = await readRound(tx, finish.roundId);
    if (!round) return { kind: 'over' };
    const locked = await lockBatch(tx, await approvedClips(tx, round.campaignId));
    const campaign =
      locked.campaigns.get(round.campaignId) ?? (await lockCampaigns(tx, [round.campaignId])).get(round.campaignId);
    if (campaign?.closingRoundId !== round.id) return { kind: 'over' };
    const clips = [...locked.submissions.values()].flatMap((submission) => {
      const clip = locked.clips.get(submission.clipId);
      return clip && submission.status === 'APPROVED' && submission.campaignId === campaign.id
        ? [{ clip, submission }]
        : [];
    });
    const held = await readHeld(tx, round.id);
    // A clip is parked once its answer is held; one that nothing reads is not waited for.
    const missing = clips.filter(({ clip }) => locked.schedules.get(clip.id)?.isParked === false).length;
    if (missing > 0 && finish.now < round.limitAt) return { kind: 'waiting', missing };
    const judged = clips.map((each) => judge(each, campaign, held.get(each.clip.id), config));
    return settleRound(tx, { round, campaign, locked, held, clips: judged, now: finish.now, config });
  });
}

function judge(
  { clip, submission }: { clip: LockedClip; submission: LockedSubmission },
  campaign: LockedCampaign,
  held: Held | undefined,
  config: SettlementConfig,
): ClosingClip {
  const counts = held?.outcome === 'found' ? held.counts : null;
  const flag = counts && flagOf(campaign, settleClipOf(clip, submission, counts), config.limits);
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
const isRead = ({ counts, flag }: ClosingClip) => counts !== null && flag === null;

async function settleRound(tx: Tx, closing: Closing): Promise<ClosingOutcome> {
  const { round, campaign, now } = closing;
  const settlementId = uuidv7();
  const decision = settleCampaign(
    {
      // A pause ends with its campaign: what grew in it is paid now or never.
      campaign: { ...settleCampaignOf(campaign), status: 'ACTIVE' },
      clips: closing.clips.map(({ clip, submission, counts, flag }) => {
        const lastViews: Counts = { [termsOf(submission).metric]: clip.views };
        return settleClipOf(clip, submission, counts !== null && flag === null ? counts : lastViews);
      }),
    },
    closing.config.limits,
  );
  const decisions = new Map<string, ClipDecision>(decision.clips.map((clip) => [clip.clipId, clip]));
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
      },
    ],
    now,
  );
  await writeSnapshots(tx, snapshotRows(closing, settlementId));
  const writes = clipWrites(closing, decisions);
  await writeClips(tx, writes);
  await writeCampaigns(
    tx,
    [{ campaign, creditedMicros: decision.creditedMicros, settlements: 1, expectedChangeMicros: ZERO_MICROS }],
    now,
  );
  const accruals = closing.clips.flatMap(({ clip, submission }) =>
    accrualsOf(closing, clip, submission, decisions, settlementId),
  );
  await writeSubmissionNotes(tx, { doubts: doubtsOf(closing), blocked: [] });
  // A campaign that closes for its budget and has some left after fair shares goes on.
  const isFinal = round.reason !== 'BUDGET' || decision.exhausted;
  const refunds = isFinal ? await complete(tx, closing, decision.exhausted) : await resume(tx, closing, decisions);
  const balances = await moveMoney(tx, [...accruals, ...refunds]);
  const leftMicros = isFinal ? ZERO_MICROS : subtractMicros(decision.leftBeforeMicros, decision.creditedMicros);
  assertBudget(balances, campaign.id, leftMicros);
  await appendEvents(tx, [
    ...(await campaignEvents(tx, [campaign.id], now, changedClips(writes, closing.locked))),
    ...earningsEvents(writes, balances, closing.locked, now),
    ...clipEarnedEvents(writes, closing.locked, now),
  ]);
  if (isFinal) await tellUnread(tx, closing);
  return { kind: isFinal ? 'completed' : 'continues', creditedMicros: decision.creditedMicros };
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

async function complete(tx: Tx, { round, campaign, clips, now }: Closing, exhausted: boolean): Promise<Movement[]> {
  const reason: CompletionReason = exhausted ? 'BUDGET' : round.reason;
  const leftMicros = await markFinal(tx, { campaign, status: 'COMPLETED', reason, actorId: round.actorId, now });
  await deleteSchedules(
    tx,
    clips.map(({ clip }) => clip.id),
  );
  return refundOf(campaign.id, leftMicros, now);
}

/** The campaign goes on: the round is over and its clips are scheduled as after any read. */
async function resume(tx: Tx, closing: Closing, decisions: ReadonlyMap<string, ClipDecision>): Promise<Movement[]> {
  const { campaign, locked, now, config } = closing;
  const schedules = closing.clips.map(({ clip, submission }) =>
    planNextRead(
      { now, endedAt: closing.held.get(clip.id)?.date ?? now, config },
      {
        clip,
        campaign,
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
  await writeSchedules(tx, schedules, { runId: null, now });
  await tx.query('UPDATE closing_rounds SET ended_at = $2 WHERE id = $1', [closing.round.id, now]);
  const changeMicros = subtractMicros(
    sumMicros(schedules.map((write) => write.expectedMicros)),
    sumMicros(schedules.map((write) => write.expectedBeforeMicros)),
  );
  await tx.query(
    'UPDATE campaigns SET closing_round_id = NULL, expected = GREATEST(0, expected + $2::numeric), version = version + 1 WHERE id = $1',
    [campaign.id, numericFromMicros(changeMicros)],
  );
  return [];
}

/** One notice a clipper, however many of their clips could not be read: a platform that is down leaves out all of them. */
async function tellUnread(tx: Tx, { round, campaign, clips, now }: Closing): Promise<void> {
  const unread = Map.groupBy(
    clips.filter((each) => !isRead(each)),
    (each) => each.submission.userId,
  );
  await notifyUsers(
    tx,
    [...unread].map(([userId, theirs]) => ({
      userId,
      kind: 'clip.unread_at_close',
      cause: round.id,
      ...unreadWords(campaign, theirs),
      link: `/campaigns/${campaign.id}`,
    })),
    now,
  );
}

function unreadWords(campaign: LockedCampaign, unread: readonly ClosingClip[]): { title: string; body: string } {
  const [only, ...more] = unread;
  if (only !== undefined && more.length === 0) {
    const { title, externalId, views } = only.clip;
    return {
      title: `A clip could not be read when ${campaign.title} closed`,
      body: `${title ?? externalId} counts at its last ${views} views.`,
    };
  }
  return {
    title: `${unread.length} clips could not be read when ${campaign.title} closed`,
    body: 'Each counts at its last views.',
  };
}

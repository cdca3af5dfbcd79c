import type { FrozenTerms } from '@clipmeter/core/earnings';
import { addMicros, type Micros, subtractMicros, ZERO_MICROS } from '@clipmeter/core/money';
import { type Metric, type Platform, PREFERRED_METRICS } from '@clipmeter/core/platform';
import { type SettleClip, type SettleLimits, settleCampaign } from '@clipmeter/core/settlement';
import type { LockedBatch, LockedCampaign, LockedClip, LockedSubmission } from '#src/batch-locks.ts';
import type { BatchPlan, ClipWrite, Credit, SnapshotWrite } from '#src/batch-plan.ts';
import { planFailedRead, planNextRead, type ScheduleConfig, type ScheduleWrite } from '#src/plan-schedule.ts';
import type { ReadOutcome, ReadResult } from '#src/read-result.ts';

/** How settlement behaves; the daemon reads it from its environment once. */
export interface SettlementConfig extends ScheduleConfig {
  readonly limits: SettleLimits;
}

export interface BatchInput {
  readonly runId: string;
  readonly platform: Platform;
  /** When the run was recorded: a baseline asked for later than this waits for the next read. */
  readonly recordedAt: Date;
  /** The run's end: the date of its snapshots. */
  readonly endedAt: Date;
  readonly now: Date;
  readonly results: readonly ReadResult[];
  /** Clips that already have this run's snapshot: a redelivery decides nothing for them. */
  readonly settledBefore: ReadonlySet<string>;
  readonly locked: LockedBatch;
  readonly config: SettlementConfig;
}

type Found = Extract<ReadOutcome, { kind: 'found' }>;
interface Settling {
  readonly clip: LockedClip;
  readonly submission: LockedSubmission;
  readonly terms: FrozenTerms;
  readonly found: Found;
}

/**
 * Decides what a batch of observations means, from locked rows alone and without I/O: the same input gives the same plan.
 * Each result becomes a settled observation, a baseline, a held observation of a closing round, or a retry.
 */
export function planBatch(input: BatchInput): BatchPlan {
  const plan: BatchPlan = {
    settlements: [],
    snapshots: [],
    clips: [],
    schedules: [],
    unscheduled: [],
    approvals: [],
    blocked: [],
    doubts: [],
    held: [],
    counts: { read: 0, unknown: 0, unavailable: 0, replayed: 0 },
  };
  const settling = new Map<string, Settling[]>();
  for (const result of uniqueByClip(input.results)) {
    const clip = input.locked.clips.get(result.clipId);
    if (!clip) continue;
    if (input.settledBefore.has(clip.id)) plan.counts.replayed += 1;
    else if (result.outcome.kind === 'found') planFound(input, plan, settling, clip, result.outcome);
    else planFailed(input, plan, clip, result.outcome);
  }
  for (const [campaignId, group] of [...settling].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const campaign = input.locked.campaigns.get(campaignId);
    if (campaign) planSettlement(input, plan, campaign, group);
  }
  return plan;
}

/** One answer a clip: the first definite one, so that a doubled item can neither pay twice nor hide an answer. */
function uniqueByClip(results: readonly ReadResult[]): ReadResult[] {
  const byClip = new Map<string, ReadResult>();
  for (const result of results) {
    const earlier = byClip.get(result.clipId);
    if (!earlier || (earlier.outcome.kind !== 'found' && result.outcome.kind === 'found'))
      byClip.set(result.clipId, result);
  }
  return [...byClip.values()].sort((a, b) => (a.clipId < b.clipId ? -1 : 1));
}

function planFound(
  input: BatchInput,
  plan: BatchPlan,
  settling: Map<string, Settling[]>,
  clip: LockedClip,
  found: Found,
): void {
  const submission = input.locked.submissions.get(clip.id);
  const campaign = submission && input.locked.campaigns.get(submission.campaignId);
  const isLate = clip.lastReadAt !== null && input.endedAt <= clip.lastReadAt;
  const metric = metricOf(clip.platform, found, submission?.terms?.metric);
  if (metric === null) {
    planFailed(input, plan, clip, { kind: 'unknown', reason: 'the answer held no usable view count' });
    return;
  }
  plan.counts.read += 1;
  if (isLate) {
    // A later read has been settled already: kept for the record, it moves nothing.
    plan.snapshots.push(snapshot(clip, found, metric, 'late', null));
    reschedule(input, plan, clip, submission, campaign, clip.views);
  } else if (submission?.status === 'APPROVED' && submission.terms && campaign && isOpen(campaign)) {
    if (campaign.closingRoundId !== null) hold(input, plan, clip, campaign.closingRoundId, found);
    else {
      const group = settling.get(campaign.id) ?? [];
      group.push({ clip, submission, terms: submission.terms, found });
      settling.set(campaign.id, group);
    }
  } else if (isAwaitingBaseline(submission, input.recordedAt) && submission && campaign) {
    planBaseline(input, plan, clip, submission, campaign, metric, found);
  } else {
    // Nothing to decide. A finished campaign's clips stay as they were settled; a read that was under way is only kept.
    plan.snapshots.push(snapshot(clip, found, metric, null, null));
    if (submission?.status !== 'APPROVED')
      plan.clips.push(clipWrite(input, clip, found, viewsOf(found, metric), metric, ZERO_MICROS));
    reschedule(input, plan, clip, submission, campaign, viewsOf(found, metric));
  }
}

const isOpen = (campaign: LockedCampaign) => campaign.status === 'ACTIVE' || campaign.status === 'PAUSED';
const isAwaitingBaseline = (submission: LockedSubmission | undefined, recordedAt: Date) =>
  submission?.status === 'PENDING' &&
  submission.approvalRequestedAt !== null &&
  submission.approvalRequestedAt <= recordedAt;

/** The metric a snapshot is stored under: the baseline's if it was sent, else the platform's preferred one that was. */
function metricOf(platform: Platform, found: Found, frozen: Metric | undefined): Metric | null {
  if (frozen && found.counts[frozen] !== undefined) return frozen;
  return PREFERRED_METRICS[platform].find((metric) => found.counts[metric] !== undefined) ?? null;
}

function viewsOf(found: Found, metric: Metric): bigint {
  const views = found.counts[metric];
  if (views === undefined) throw new Error(`No count of ${metric} where one was found before`);
  return views;
}

function snapshot(
  clip: LockedClip,
  found: Found,
  metric: Metric,
  flag: string | null,
  campaignId: string | null,
): SnapshotWrite {
  return { clipId: clip.id, metric, views: viewsOf(found, metric), counts: found.counts, flag, campaignId };
}

function clipWrite(
  input: BatchInput,
  clip: LockedClip,
  found: Found,
  views: bigint,
  metric: Metric | null,
  creditMicros: Micros,
): ClipWrite {
  return { clip, views, metric, creditMicros, availability: 'LIVE', readAt: input.endedAt, found };
}

/** The baseline is what was just read; terms are the campaign's of this moment. Never guessed: it waits for a definite count. */
function planBaseline(
  input: BatchInput,
  plan: BatchPlan,
  clip: LockedClip,
  submission: LockedSubmission,
  campaign: LockedCampaign,
  metric: Metric,
  found: Found,
): void {
  const views = viewsOf(found, metric);
  plan.snapshots.push(snapshot(clip, found, metric, null, null));
  plan.clips.push(clipWrite(input, clip, found, views, metric, ZERO_MICROS));
  if (!isOpen(campaign) || campaign.closingRoundId !== null) {
    plan.blocked.push({
      submissionId: submission.id,
      why: 'The campaign does not take clips now. Approve again when it is active.',
    });
    plan.unscheduled.push(clip.id);
    return;
  }
  const terms: FrozenTerms = {
    metric,
    initialViews: views,
    ratePer1000Micros: campaign.rateMicros,
    capMicros: campaign.capMicros,
    minViews: campaign.minViews,
    carriedMicros: ZERO_MICROS,
  };
  plan.approvals.push({ submission, campaign, terms, earningsBaseMicros: clip.earningsMicros });
  plan.schedules.push(
    planNextRead(input, {
      clip,
      campaign,
      terms,
      views,
      creditedMicros: ZERO_MICROS,
      isFirst: true,
      schedule: input.locked.schedules.get(clip.id),
    }),
  );
}

function planSettlement(
  input: BatchInput,
  plan: BatchPlan,
  campaign: LockedCampaign,
  group: readonly Settling[],
): void {
  const decision = settleCampaign(
    { campaign: settleCampaignOf(campaign), clips: group.map(settleClipOf) },
    input.config.limits,
  );
  const decisions = new Map(decision.clips.map((clip) => [clip.clipId, clip]));
  // A paused campaign pays nothing, so it cannot run out.
  const exhausted = decision.exhausted && campaign.status === 'ACTIVE';
  const credits: Credit[] = [];
  for (const { clip, submission, terms, found } of group) {
    const decided = decisions.get(clip.id);
    if (!decided) throw new Error(`The settlement of ${campaign.id} forgot clip ${clip.id}`);
    const views = decided.views ?? clip.views;
    const metric = metricOf(clip.platform, found, terms.metric) ?? terms.metric;
    plan.snapshots.push(snapshot(clip, found, metric, decided.flag, campaign.id));
    plan.clips.push(clipWrite(input, clip, found, views, terms.metric, decided.creditMicros));
    if (decided.doubtfulViews !== submission.doubtfulViews)
      plan.doubts.push({ submissionId: submission.id, doubtfulViews: decided.doubtfulViews });
    const creditedMicros = addMicros(creditedBefore(clip, submission), decided.creditMicros);
    if (decided.creditMicros > 0n) {
      credits.push({ clipId: clip.id, submission, creditMicros: decided.creditMicros, creditedMicros });
    }
    if (exhausted) plan.unscheduled.push(clip.id);
    else {
      const schedule = input.locked.schedules.get(clip.id);
      const isDoubtful = decided.flag === 'doubtful_jump';
      plan.schedules.push(
        planNextRead(input, { clip, campaign, terms, views, creditedMicros, isFirst: false, isDoubtful, schedule }),
      );
    }
  }
  plan.settlements.push({
    campaign,
    leftBeforeMicros: decision.leftBeforeMicros,
    owedMicros: decision.owedMicros,
    creditedMicros: decision.creditedMicros,
    exhausted,
    credits,
  });
}

/** A campaign as the decision needs it. */
export const settleCampaignOf = (campaign: LockedCampaign) => ({
  id: campaign.id,
  status: campaign.status,
  budgetMicros: campaign.budgetMicros,
  spentMicros: campaign.spentMicros,
});

/** What a clip has been credited under its present submission. */
export const creditedBefore = (clip: LockedClip, submission: LockedSubmission): Micros =>
  subtractMicros(clip.earningsMicros, submission.earningsBaseMicros);

const settleClipOf = ({ clip, submission, terms, found }: Settling): SettleClip => ({
  clipId: clip.id,
  terms,
  creditedMicros: creditedBefore(clip, submission),
  observation: { counts: found.counts },
  previousViews: clip.views,
  doubtfulViews: submission.doubtfulViews,
});

function hold(input: BatchInput, plan: BatchPlan, clip: LockedClip, roundId: string, outcome: ReadOutcome): void {
  plan.held.push({ roundId, clipId: clip.id, outcome });
  // Read for this round; the round's end decides what becomes of it.
  plan.schedules.push({ ...unleased(input, clip.id), nextDueAt: 'infinity', urgent: false, outcome: outcome.kind });
}

function unleased(input: BatchInput, clipId: string): Omit<ScheduleWrite, 'nextDueAt' | 'urgent' | 'outcome'> {
  const schedule = input.locked.schedules.get(clipId);
  return {
    clipId,
    velocityPerHour: schedule?.velocityPerHour ?? 0,
    expectedMicros: schedule?.expectedMicros ?? ZERO_MICROS,
    expectedBeforeMicros: schedule?.expectedMicros ?? ZERO_MICROS,
    failures: 0,
    notFoundAt: null,
    reason: null,
  };
}

/** After a read that settled nothing: read on if something still wants the clip, else let it go. */
function reschedule(
  input: BatchInput,
  plan: BatchPlan,
  clip: LockedClip,
  submission: LockedSubmission | undefined,
  campaign: LockedCampaign | undefined,
  views: bigint,
): void {
  if (submission?.status === 'APPROVED' && submission.terms && campaign && isOpen(campaign)) {
    const schedule = input.locked.schedules.get(clip.id);
    plan.schedules.push(
      planNextRead(input, {
        clip,
        campaign,
        terms: submission.terms,
        views,
        creditedMicros: creditedBefore(clip, submission),
        isFirst: false,
        schedule,
      }),
    );
  } else if (submission?.status === 'PENDING' && submission.approvalRequestedAt !== null) {
    plan.schedules.push({ ...unleased(input, clip.id), nextDueAt: input.now, urgent: true, outcome: 'found' });
  } else {
    plan.unscheduled.push(clip.id);
  }
}

/** No definite count. What is certain is kept (private, gone), the rest is tried again later; money does not move. */
function planFailed(
  input: BatchInput,
  plan: BatchPlan,
  clip: LockedClip,
  outcome: Exclude<ReadOutcome, { kind: 'found' }>,
): void {
  if (outcome.kind === 'unknown') plan.counts.unknown += 1;
  else plan.counts.unavailable += 1;
  const submission = input.locked.submissions.get(clip.id);
  const campaign = submission && input.locked.campaigns.get(submission.campaignId);
  const schedule = input.locked.schedules.get(clip.id);
  if (submission?.status === 'APPROVED' && campaign?.closingRoundId && outcome.kind !== 'unknown') {
    hold(input, plan, clip, campaign.closingRoundId, outcome);
    return;
  }
  if (!submission || !campaign || !(isOpen(campaign) || submission.status === 'PENDING')) {
    plan.unscheduled.push(clip.id);
    return;
  }
  const failed = planFailedRead(input, {
    clip,
    outcome,
    schedule,
    isUrgent: submission.status === 'PENDING' || campaign.closingRoundId !== null,
  });
  plan.schedules.push(failed.write);
  if (failed.availability)
    plan.clips.push({
      clip,
      views: clip.views,
      metric: clip.metric,
      creditMicros: ZERO_MICROS,
      availability: failed.availability,
      readAt: null,
      found: null,
    });
  if (submission.status === 'PENDING')
    plan.blocked.push({ submissionId: submission.id, why: `Waiting for the first read: ${outcome.reason}.` });
}

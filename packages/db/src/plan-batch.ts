import { addMicros, ZERO_MICROS } from '@clipmeter/core/money';
import { type Metric, type Platform, PREFERRED_METRICS } from '@clipmeter/core/platform';
import { settleCampaign } from '@clipmeter/core/settlement';
import { type BatchInput, type Found, isGathering, isOpen } from '#src/batch-input.ts';
import type { LockedCampaign, LockedClip } from '#src/batch-locks.ts';
import type { BatchPlan, Credit } from '#src/batch-plan.ts';
import { isAwaitingFirstRead } from '#src/first-reads.ts';
import { isAwaitingBaseline, planBaseline } from '#src/plan-baseline.ts';
import { planFirstRead } from '#src/plan-first-read.ts';
import { planHeldRead } from '#src/plan-held.ts';
import { authorDiffers, isToHold, planHold, planStranger } from '#src/plan-hold.ts';
import { planOther } from '#src/plan-identity.ts';
import {
  type ApprovedRead,
  clipWrite,
  creditedBefore,
  settleCampaignOf,
  settleClipOf,
  snapshot,
  viewsOf,
} from '#src/plan-read.ts';
import { planNextRead } from '#src/plan-schedule.ts';
import { planAbsent, planFailed, planUnanswered, reschedule } from '#src/plan-unread.ts';
import type { ReadOutcome, ReadResult } from '#src/read-result.ts';

export type { SettlementConfig } from '#src/batch-input.ts';

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
    holds: [],
    goingOver: [],
    rejections: [],
    firstReads: [],
    firstReadWaits: [],
    absentNow: [],
    counts: { read: 0, unknown: 0, unavailable: 0, replayed: 0 },
  };
  const settling = new Map<string, ApprovedRead[]>();
  const results = uniqueByClip(input.results);
  for (const result of results.values()) {
    const clip = input.locked.clips.get(result.clipId);
    if (!clip) continue;
    if (input.settledBefore.has(clip.id)) plan.counts.replayed += 1;
    else if (result.outcome.kind === 'found') planFound(input, plan, settling, clip, result.outcome);
    else planMissed(input, plan, clip, result.outcome);
  }
  for (const clipId of input.runClipIds) {
    if (!results.has(clipId) && !input.settledBefore.has(clipId)) planUnanswered(input, plan, clipId);
  }
  for (const [campaignId, group] of [...settling].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const campaign = input.locked.campaigns.get(campaignId);
    if (campaign) planSettlement(input, plan, campaign, group);
  }
  return plan;
}

function planMissed(
  input: BatchInput,
  plan: BatchPlan,
  clip: LockedClip,
  outcome: Exclude<ReadOutcome, { kind: 'found' }>,
): void {
  if (outcome.kind === 'other') planOther(input, plan, clip, outcome);
  else if (outcome.kind === 'absent') planAbsent(input, plan, clip, outcome.reason);
  else planFailed(input, plan, clip, outcome);
}

/** One answer a clip: the first definite one, so that a doubled item can neither pay twice nor hide an answer. */
function uniqueByClip(results: readonly ReadResult[]): Map<string, ReadResult> {
  const byClip = new Map<string, ReadResult>();
  for (const result of results) {
    const earlier = byClip.get(result.clipId);
    if (!earlier || (earlier.outcome.kind !== 'found' && result.outcome.kind === 'found'))
      byClip.set(result.clipId, result);
  }
  return new Map([...byClip].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function planFound(
  input: BatchInput,
  plan: BatchPlan,
  settling: Map<string, ApprovedRead[]>,
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
    reschedule(input, plan, clip, clip.views);
  } else if (submission?.status === 'APPROVED' && submission.terms && campaign && takesReads(input, campaign)) {
    if (isToHold(submission, found)) {
      planHold(input, plan, { clip, submission, campaign, metric, found });
    } else if (isGathering(input, campaign)) {
      planHeldRead(input, plan, { clip, submission, campaign, terms: submission.terms, metric, found });
    } else {
      const group = settling.get(campaign.id) ?? [];
      group.push({ clip, submission, terms: submission.terms, found });
      settling.set(campaign.id, group);
    }
  } else if (submission && campaign && isAwaitingFirstRead(submission)) {
    planFirstRead(input, plan, { clip, submission, campaign, metric, found });
  } else if (submission && campaign && isAwaitingBaseline(submission, input.recordedAt)) {
    const read = { clip, submission, campaign, metric, found };
    if (authorDiffers(submission, found)) planStranger(input, plan, read);
    else planBaseline(input, plan, read);
  } else {
    // Nothing to decide. The clips of a campaign that is finished, or that its closing round settles just now, stay as they
    // were when that was decided; a read that was under way is only kept.
    plan.snapshots.push(snapshot(clip, found, metric, null, null));
    if (submission?.status !== 'APPROVED')
      plan.clips.push(clipWrite(input, clip, found, viewsOf(found, metric), metric, ZERO_MICROS));
    reschedule(input, plan, clip, viewsOf(found, metric));
  }
}

/** Whether what is read of the campaign's approved clips now may pay, or may be held to. */
const takesReads = (input: BatchInput, campaign: LockedCampaign): boolean =>
  isOpen(campaign) && (campaign.closingRoundId === null || isGathering(input, campaign));

/** The metric a snapshot is stored under: the baseline's if it was sent, else the platform's preferred one that was. */
function metricOf(platform: Platform, found: Found, frozen: Metric | undefined): Metric | null {
  if (frozen && found.counts[frozen] !== undefined) return frozen;
  return PREFERRED_METRICS[platform].find((metric) => found.counts[metric] !== undefined) ?? null;
}

function planSettlement(
  input: BatchInput,
  plan: BatchPlan,
  campaign: LockedCampaign,
  group: readonly ApprovedRead[],
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

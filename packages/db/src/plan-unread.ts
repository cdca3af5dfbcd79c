import { ZERO_MICROS } from '@clipmeter/core/money';
import { backoffMs } from '@clipmeter/core/read-interval';
import { type BatchInput, isGathering, isOpen } from '#src/batch-input.ts';
import type { LockedCampaign, LockedClip, LockedSubmission } from '#src/batch-locks.ts';
import type { BatchPlan } from '#src/batch-plan.ts';
import { isAwaitingFirstRead } from '#src/first-reads.ts';
import { block, endApproval } from '#src/plan-baseline.ts';
import { planFirstReadFailed } from '#src/plan-first-read.ts';
import { hold } from '#src/plan-held.ts';
import { parked } from '#src/plan-hold.ts';
import { creditedBefore } from '#src/plan-read.ts';
import { planFailedRead, planNextRead, unleased } from '#src/plan-schedule.ts';
import type { MissedRead } from '#src/read-result.ts';

/** Whom a clip is read for; null if for nobody. */
function wantedBy(
  input: BatchInput,
  clipId: string,
): { submission: LockedSubmission; campaign: LockedCampaign; isPaused: boolean } | null {
  const submission = input.locked.submissions.get(clipId);
  const campaign = submission && input.locked.campaigns.get(submission.campaignId);
  if (!submission || !campaign) return null;
  const isWanted =
    submission.status === 'PENDING'
      ? submission.approvalRequestedAt !== null || (isAwaitingFirstRead(submission) && isOpen(campaign))
      : isOpen(campaign) && submission.terms;
  if (!isWanted) return null;
  // An approval, and a closing round, are read for in a pause too; what is on hold is read for nothing.
  const isPaused =
    submission.isHeld ||
    (campaign.status === 'PAUSED' && campaign.closingRoundId === null && submission.status === 'APPROVED');
  return { submission, campaign, isPaused };
}

/** After a read that settled nothing: read on if something still wants the clip, else let it go. */
export function reschedule(input: BatchInput, plan: BatchPlan, clip: LockedClip, views: bigint): void {
  const wanted = wantedBy(input, clip.id);
  if (!wanted) plan.unscheduled.push(clip.id);
  else if (wanted.submission.isHeld) plan.schedules.push(parked(input, clip.id));
  else if (wanted.submission.terms && wanted.campaign.closingRoundId === null) {
    const { submission, campaign } = wanted;
    const terms = wanted.submission.terms;
    const creditedMicros = creditedBefore(clip, submission);
    const schedule = input.locked.schedules.get(clip.id);
    plan.schedules.push(
      planNextRead(input, { clip, campaign, terms, views, creditedMicros, isFirst: false, schedule }),
    );
  } else if (wanted.submission.status === 'APPROVED' && !isGathering(input, wanted.campaign)) {
    // Its round is being settled, and will say when it is read next if that is not decided yet.
    plan.schedules.push({
      ...unleased(clip.id, input.locked.schedules.get(clip.id)),
      nextDueAt: new Date(input.now.getTime() + input.config.interval.minIntervalMs),
      urgent: false,
      outcome: 'found',
    });
  } else {
    // An approval or a closing round still waits for its own read.
    plan.schedules.push({
      ...unleased(clip.id, input.locked.schedules.get(clip.id)),
      nextDueAt: input.now,
      urgent: true,
      outcome: 'found',
    });
  }
}

/** Whether the run still has the clip: one whose lease was taken over, or that was settled before, decides nothing of it. */
export const holds = (input: BatchInput, clipId: string) => input.locked.schedules.get(clipId)?.runId === input.runId;

/** No definite count. What is certain is kept (private, gone), the rest is tried again later; money does not move. */
export function planFailed(input: BatchInput, plan: BatchPlan, clip: LockedClip, outcome: MissedRead): void {
  if (outcome.kind === 'unknown') plan.counts.unknown += 1;
  else plan.counts.unavailable += 1;
  if (!holds(input, clip.id)) return;
  const wanted = wantedBy(input, clip.id);
  if (!wanted) {
    plan.unscheduled.push(clip.id);
    return;
  }
  const { submission, campaign, isPaused } = wanted;
  if (submission.status === 'APPROVED' && isGathering(input, campaign) && outcome.kind !== 'unknown') {
    hold(input, plan, { clip, campaign, outcome });
    return;
  }
  if (submission.status === 'PENDING' && !isOpen(campaign)) {
    endApproval(plan, submission);
    return;
  }
  const schedule = input.locked.schedules.get(clip.id);
  const isUrgent = submission.status === 'PENDING' || isGathering(input, campaign);
  const failed = planFailedRead(input, { clip, outcome, schedule, isUrgent });
  const isGoneUnread = isAwaitingFirstRead(submission) && failed.availability === 'GONE';
  if (isGoneUnread) plan.unscheduled.push(clip.id);
  else plan.schedules.push(isPaused ? { ...failed.write, nextDueAt: 'infinity' } : failed.write);
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
  if (isAwaitingFirstRead(submission))
    planFirstReadFailed(plan, { clip, submission, campaign, kind: outcome.kind, isGone: isGoneUnread });
  if (submission.status === 'PENDING' && submission.approvalRequestedAt !== null && !isGoneUnread)
    block(plan, { submission, why: WAITS[outcome.kind], isOver: false });
}

/** For the clipper and the review queue, in words of ours: what the platform said stays with the schedule. */
const WAITS: Record<MissedRead['kind'], string> = {
  unknown: 'Waiting for the first read: the platform did not answer for the video.',
  not_found: 'Waiting for the first read: the platform does not find the video.',
  private: 'Waiting for the first read: the video is private.',
};

/**
 * The run showed others and left the clip out, where that is all a platform ever says of a video that is gone. Once it
 * says nothing; hours later again it is a `not_found`, of which there must be two, hours apart, as everywhere.
 */
export function planAbsent(input: BatchInput, plan: BatchPlan, clip: LockedClip, reason: string): void {
  const since = input.absentSince.get(clip.id);
  if (since === undefined && holds(input, clip.id)) plan.absentNow.push(clip.id);
  const isRepeated = since !== undefined && input.now.getTime() - since.getTime() >= input.config.goneAfterMs;
  planFailed(input, plan, clip, isRepeated ? { kind: 'not_found', reason: LEFT_OUT } : { kind: 'unknown', reason });
}

const LEFT_OUT = 'left out again, hours later, by a run that showed others';

/** The run has no word of the clip. It goes back as it was, a little later, and nothing is counted against it. */
export function planUnanswered(input: BatchInput, plan: BatchPlan, clipId: string): void {
  const schedule = input.locked.schedules.get(clipId);
  plan.counts.unknown += 1;
  if (!schedule || !holds(input, clipId)) return;
  const wanted = wantedBy(input, clipId);
  if (!wanted) {
    plan.unscheduled.push(clipId);
    return;
  }
  plan.schedules.push({
    ...unleased(clipId, schedule),
    nextDueAt: wanted.isPaused ? 'infinity' : new Date(input.now.getTime() + backoffMs('unknown', 1)),
    urgent: schedule.urgent,
    failures: schedule.failures,
    notFoundAt: schedule.notFoundAt,
    outcome: 'unknown',
    reason: 'the run did not answer for it',
  });
}

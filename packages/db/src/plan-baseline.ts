import { rateOn } from '@clipmeter/core/campaign-offer';
import type { FrozenTerms } from '@clipmeter/core/earnings';
import { ZERO_MICROS } from '@clipmeter/core/money';
import type { Metric } from '@clipmeter/core/platform';
import { type BatchInput, type Found, isOpen } from '#src/batch-input.ts';
import type { LockedCampaign, LockedClip, LockedSubmission } from '#src/batch-locks.ts';
import type { BatchPlan, BlockedWrite } from '#src/batch-plan.ts';
import { clipWrite, snapshot, viewsOf } from '#src/plan-read.ts';
import { planNextRead } from '#src/plan-schedule.ts';

/** An approval that was asked for before the run was recorded, so that this run may give its baseline. */
export const isAwaitingBaseline = (submission: LockedSubmission, recordedAt: Date): boolean =>
  submission.status === 'PENDING' &&
  submission.approvalRequestedAt !== null &&
  submission.approvalRequestedAt <= recordedAt;

interface FirstRead {
  readonly clip: LockedClip;
  readonly submission: LockedSubmission;
  readonly campaign: LockedCampaign;
  readonly metric: Metric;
  readonly found: Found;
}

/** The baseline is what was just read; terms are the campaign's of this moment. Never guessed: it waits for a definite count. */
export function planBaseline(input: BatchInput, plan: BatchPlan, read: FirstRead): void {
  const { clip, submission, campaign, metric, found } = read;
  const views = viewsOf(found, metric);
  plan.snapshots.push(snapshot(clip, found, metric, null, null));
  plan.clips.push(clipWrite(input, clip, found, views, metric, ZERO_MICROS));
  if (!isOpen(campaign) || campaign.closingRoundId !== null) {
    endApproval(plan, submission);
    return;
  }
  const terms: FrozenTerms = {
    metric,
    initialViews: views,
    ratePer1000Micros: rateOn(clip.platform, {
      rateMicros: campaign.rateMicros,
      rates: input.rates.get(campaign.id) ?? [],
    }),
    capMicros: campaign.capMicros,
    minViews: campaign.minViews,
    carriedMicros: ZERO_MICROS,
  };
  plan.approvals.push({ submission, campaign, terms, earningsBaseMicros: clip.earningsMicros });
  const schedule = input.locked.schedules.get(clip.id);
  plan.schedules.push(
    planNextRead(input, { clip, campaign, terms, views, creditedMicros: ZERO_MICROS, isFirst: true, schedule }),
  );
}

/** The campaign takes no clips now, and nobody knows whether it will: reading on for the approval would cost for nothing. */
export function endApproval(plan: BatchPlan, submission: LockedSubmission): void {
  plan.unscheduled.push(submission.clipId);
  if (submission.approvalRequestedAt !== null) refuseApproval(plan, submission);
}

/** It must be asked for again. */
export function refuseApproval(plan: BatchPlan, submission: LockedSubmission): void {
  block(plan, {
    submission,
    why: 'The campaign does not take clips now. Approve again when it is active.',
    isOver: true,
  });
}

/** Notes why an approval waits, unless that is known already. */
export function block(plan: BatchPlan, blocked: BlockedWrite): void {
  if (blocked.isOver || blocked.submission.approvalBlocked !== blocked.why) plan.blocked.push(blocked);
}

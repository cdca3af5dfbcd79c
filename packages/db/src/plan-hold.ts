import { matchesAuthor } from '@clipmeter/core/author-match';
import { ZERO_MICROS } from '@clipmeter/core/money';
import type { Metric } from '@clipmeter/core/platform';
import type { BatchInput, Found } from '#src/batch-input.ts';
import type { LockedCampaign, LockedClip, LockedSubmission } from '#src/batch-locks.ts';
import type { BatchPlan } from '#src/batch-plan.ts';
import { block } from '#src/plan-baseline.ts';
import { clipWrite, snapshot, viewsOf } from '#src/plan-read.ts';
import { type ScheduleWrite, unleased } from '#src/plan-schedule.ts';

interface HeldRead {
  readonly clip: LockedClip;
  readonly submission: LockedSubmission;
  readonly campaign: LockedCampaign;
  /** The one its snapshot is stored under. */
  readonly metric: Metric;
  readonly found: Found;
}

/** Whether an approved clip may not be credited for a read: it is on hold, or this read shows somebody else's video. */
export function isToHold(submission: LockedSubmission, found: Found): boolean {
  return submission.isHeld || authorDiffers(submission, found);
}

/** Whether the read says that the video is by somebody else than the clipper it was submitted by. */
export function authorDiffers(submission: LockedSubmission, found: Found): boolean {
  const video = { authorId: found.authorId ?? null, coauthorIds: found.coauthorIds };
  const { accounts } = submission;
  return accounts?.every((account) => matchesAuthor(account, video) === 'differs') ?? false;
}

/**
 * Puts a clip on hold: the read is kept and moves nothing, the accepted views stay as they were, and nothing reads it
 * again until an admin has looked at it. What it grew meanwhile counts at the first read after the release, as after a
 * pause.
 */
export function planHold(input: BatchInput, plan: BatchPlan, read: HeldRead): void {
  const { clip, submission, campaign, metric, found } = read;
  plan.snapshots.push(snapshot(clip, found, metric, 'on_hold', null));
  plan.clips.push(clipWrite(input, clip, found, clip.views, clip.metric, ZERO_MICROS));
  plan.schedules.push(parked(input, clip.id));
  if (submission.isHeld) return;
  plan.holds.push({ submission, campaign, authorId: found.authorId ?? null, reason: strangerSentence(found) });
}

/**
 * The read that an approval waited for shows another author than the one before: it is not approved, and goes back to the
 * admins with the reason.
 */
export function planStranger(input: BatchInput, plan: BatchPlan, read: HeldRead): void {
  const { clip, submission, metric, found } = read;
  plan.snapshots.push(snapshot(clip, found, metric, null, null));
  plan.clips.push(clipWrite(input, clip, found, viewsOf(found, metric), metric, ZERO_MICROS));
  plan.unscheduled.push(clip.id);
  block(plan, { submission, why: strangerSentence(found), isOver: true });
}

function strangerSentence({ authorHandle }: Found): string {
  const shown = authorHandle ? `@${authorHandle}` : 'another account';
  return `The video is shown as posted by ${shown}, not by the account it was submitted for.`;
}

/** A clip on hold is not read, and nothing is expected of it. */
export function parked(input: BatchInput, clipId: string): ScheduleWrite {
  return {
    ...unleased(clipId, input.locked.schedules.get(clipId)),
    nextDueAt: 'infinity',
    urgent: false,
    expectedMicros: ZERO_MICROS,
    outcome: 'found',
  };
}

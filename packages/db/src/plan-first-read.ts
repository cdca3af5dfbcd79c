import { judgeFirstRead } from '@clipmeter/core/first-read';
import { ZERO_MICROS } from '@clipmeter/core/money';
import { type Metric, type Platform, platformName } from '@clipmeter/core/platform';
import type { BatchInput, Found } from '#src/batch-input.ts';
import type { LockedCampaign, LockedClip, LockedSubmission } from '#src/batch-locks.ts';
import type { BatchPlan } from '#src/batch-plan.ts';
import { isAwaitingBaseline, planBaseline } from '#src/plan-baseline.ts';
import { clipWrite, snapshot, viewsOf } from '#src/plan-read.ts';
import { unleased } from '#src/plan-schedule.ts';

interface FirstRead {
  readonly clip: LockedClip;
  readonly submission: LockedSubmission;
  readonly campaign: LockedCampaign;
  readonly metric: Metric;
  readonly found: Found;
}

/**
 * The first read of a submission: whose video it is, when it was posted, what it shows. No money moves by it. Where an
 * admin has said yes already, it is the baseline too.
 */
export function planFirstRead(input: BatchInput, plan: BatchPlan, read: FirstRead): void {
  const { clip, submission, metric, found } = read;
  const isAccepted = accept(input, plan, read);
  if (isAccepted && isAwaitingBaseline(submission, input.recordedAt)) {
    planBaseline(input, plan, read);
    return;
  }
  plan.snapshots.push(snapshot(clip, found, metric, null, null));
  plan.clips.push(clipWrite(input, clip, found, viewsOf(found, metric), metric, ZERO_MICROS));
  if (isAccepted && submission.approvalRequestedAt !== null) {
    // Asked for while this run was under way: the approval reads afresh.
    const schedule = unleased(clip.id, input.locked.schedules.get(clip.id));
    plan.schedules.push({ ...schedule, nextDueAt: input.now, urgent: true, outcome: 'found' });
  } else plan.unscheduled.push(clip.id);
}

/** False: it cannot stay submitted; it is turned down with a sentence, and its video is free again. */
function accept(input: BatchInput, plan: BatchPlan, { clip, submission, campaign, found }: FirstRead): boolean {
  const facts = input.firstReads.get(submission.id);
  const verdict = judgeFirstRead(
    {
      platform: clip.platform,
      authorId: found.authorId ?? null,
      authorHandle: found.authorHandle ?? null,
      coauthorIds: found.coauthorIds,
      publishedAt: found.publishedAt ?? null,
    },
    { accounts: facts?.accounts ?? null, startsAt: facts?.startsAt ?? null },
  );
  if (verdict.kind === 'refused') {
    plan.rejections.push({ submission, campaign, reason: verdict.reason, ownerClipId: null });
    return false;
  }
  plan.firstReads.push({
    submission,
    socialAccountId: verdict.accountId,
    hasThumbnail: typeof found.thumbnailUrl === 'string',
  });
  return true;
}

/** Why the first read takes longer, for its clipper, in words of ours: what the platform said stays with the schedule. */
const WAITS: Record<'unknown' | 'not_found' | 'private', (platform: string) => string> = {
  unknown: (platform) => `${platform} has not answered for this video yet. It is tried again.`,
  not_found: (platform) => `${platform} does not find this video. Check that everyone can see it; it is tried again.`,
  private: (platform) => `This video is private on ${platform}. Make it public; it is tried again.`,
};

/** The first read did not succeed. A video that is certainly gone is turned down: somebody else may have meant its link. */
export function planFirstReadFailed(
  plan: BatchPlan,
  failed: {
    clip: LockedClip;
    submission: LockedSubmission;
    campaign: LockedCampaign;
    kind: keyof typeof WAITS;
    isGone: boolean;
  },
): void {
  const { clip, submission, campaign, kind, isGone } = failed;
  if (isGone) {
    plan.rejections.push({ submission, campaign, reason: goneSentence(clip.platform), ownerClipId: null });
    return;
  }
  const why = WAITS[kind](platformName(clip.platform));
  if (submission.firstReadBlocked !== why) plan.firstReadWaits.push({ submission, why });
}

const goneSentence = (platform: Platform) =>
  `${platformName(platform)} does not find this video, hours after it was submitted. Check the link and submit it again.`;

import { type BatchInput, isOpen } from '#src/batch-input.ts';
import type { LockedClip, LockedSubmission } from '#src/batch-locks.ts';
import type { BatchPlan } from '#src/batch-plan.ts';
import { isAwaitingFirstRead } from '#src/first-reads.ts';
import { endApproval, isAwaitingBaseline, refuseApproval } from '#src/plan-baseline.ts';
import { holds, planFailed } from '#src/plan-unread.ts';
import type { OtherRead } from '#src/read-result.ts';

/**
 * The platform answered with a video of another id. At a submission's first read, and only once, that is what its link
 * really leads to: if nobody has that video, the submission goes over to it, and waits for a read that is asked for by
 * that id and answered with it; if somebody has it, the submission is a duplicate. At every other read it is
 * a wrong item, which teaches nothing. Money moves in no case.
 */
export function planOther(input: BatchInput, plan: BatchPlan, clip: LockedClip, outcome: OtherRead): void {
  const submission = input.locked.submissions.get(clip.id);
  const campaign = submission && input.locked.campaigns.get(submission.campaignId);
  const answered = input.answeredClips.get(clip.id);
  const isFirst =
    clip.lastReadAt === null &&
    submission &&
    (isAwaitingFirstRead(submission) || isAwaitingBaseline(submission, input.recordedAt));
  if (!isFirst || !campaign || answered?.submissionId !== submission.id || !holds(input, clip.id)) {
    planFailed(input, plan, clip, { kind: 'unknown', reason: outcome.reason });
    return;
  }
  plan.counts.unknown += 1;
  const owner = ownerOf(input, plan, answered.clipId);
  if (owner) {
    plan.unscheduled.push(clip.id);
    const reason = owner.userId === submission.userId ? YOURS : TAKEN;
    plan.rejections.push({ submission, campaign, ownerClipId: answered.clipId, reason });
  } else if (!isOpen(campaign)) {
    endApproval(plan, submission);
  } else {
    // The campaign's last reads are being gathered: it may go on after them, but takes nobody new meanwhile.
    if (campaign.closingRoundId !== null && submission.approvalRequestedAt !== null) refuseApproval(plan, submission);
    plan.unscheduled.push(clip.id);
    plan.goingOver.push({ submission, platform: clip.platform, toClipId: answered.clipId });
  }
}

const YOURS = 'This link leads to a video that you have submitted already under another link.';
const TAKEN = 'This link leads to a video that has been submitted already under another link.';

/** Whose the video is, what this very batch decides included. */
function ownerOf(input: BatchInput, plan: BatchPlan, clipId: string): LockedSubmission | undefined {
  const arrived = plan.goingOver.find((going) => going.toClipId === clipId);
  return arrived?.submission ?? input.locked.submissions.get(clipId);
}

import { ZERO_MICROS } from '@clipmeter/core/money';
import type { Metric } from '@clipmeter/core/platform';
import { backoffMs } from '@clipmeter/core/read-interval';
import { type SettleClip, type SettleFlag, type SettleLimits, settleCampaign } from '@clipmeter/core/settlement';
import type { BatchInput } from '#src/batch-input.ts';
import type { LockedCampaign, LockedClip } from '#src/batch-locks.ts';
import type { BatchPlan } from '#src/batch-plan.ts';
import { type ApprovedRead, clipWrite, settleCampaignOf, settleClipOf, snapshot } from '#src/plan-read.ts';
import { unleased } from '#src/plan-schedule.ts';
import type { ReadOutcome } from '#src/read-result.ts';

interface ClosingRead extends ApprovedRead {
  readonly campaign: LockedCampaign;
  /** The one its snapshot is stored under. */
  readonly metric: Metric;
}

/** A count that came while a closing round is open: held for its end, unless it is a jump that a second read must confirm. */
export function planHeldRead(input: BatchInput, plan: BatchPlan, read: ClosingRead): void {
  const { clip, submission, campaign, terms, metric, found } = read;
  const flag = flagOf(campaign, settleClipOf(read), input.config.limits);
  if (flag !== 'doubtful_jump') {
    hold(input, plan, { clip, campaign, outcome: found });
    return;
  }
  plan.snapshots.push(snapshot(clip, found, metric, flag, null));
  plan.clips.push(clipWrite(input, clip, found, clip.views, terms.metric, ZERO_MICROS));
  plan.doubts.push({ submissionId: submission.id, doubtfulViews: found.counts[terms.metric] ?? null });
  plan.schedules.push({
    ...unleased(clip.id, input.locked.schedules.get(clip.id)),
    nextDueAt: new Date(input.now.getTime() + backoffMs('unknown', 1)),
    urgent: true,
    outcome: 'found',
  });
}

/** What is wrong with one clip's count by itself; null if it may settle. */
export function flagOf(campaign: LockedCampaign, clip: SettleClip, limits: SettleLimits): SettleFlag | null {
  return settleCampaign({ campaign: settleCampaignOf(campaign), clips: [clip] }, limits).clips[0]?.flag ?? null;
}

/**
 * Keeps an answer for its round's end. The clip is not read again, unless the answer is older than the round: a run that
 * was under way when it began may have ended before, and its clip would be paid for fewer views than the others.
 */
export function hold(
  input: BatchInput,
  plan: BatchPlan,
  { clip, campaign, outcome }: { clip: LockedClip; campaign: LockedCampaign; outcome: ReadOutcome },
): void {
  const roundId = campaign.closingRoundId;
  const startedAt = roundId === null ? undefined : input.rounds.get(roundId)?.startedAt;
  if (roundId === null || startedAt === undefined) throw new Error(`Campaign ${campaign.id} has no open closing round`);
  plan.held.push({ roundId, clipId: clip.id, outcome });
  const isOlder = input.endedAt < startedAt;
  plan.schedules.push({
    ...unleased(clip.id, input.locked.schedules.get(clip.id)),
    nextDueAt: isOlder ? input.now : 'infinity',
    urgent: isOlder,
    outcome: outcome.kind,
  });
}

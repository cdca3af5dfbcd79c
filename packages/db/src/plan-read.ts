import type { FrozenTerms } from '@clipmeter/core/earnings';
import { type Micros, subtractMicros } from '@clipmeter/core/money';
import type { Metric } from '@clipmeter/core/platform';
import type { SettleClip } from '@clipmeter/core/settlement';
import type { BatchInput, Found } from '#src/batch-input.ts';
import type { LockedCampaign, LockedClip, LockedSubmission } from '#src/batch-locks.ts';
import type { ClipWrite, SnapshotWrite } from '#src/batch-plan.ts';

/** What was read of a clip that earns. */
export interface ApprovedRead {
  readonly clip: LockedClip;
  readonly submission: LockedSubmission;
  readonly terms: FrozenTerms;
  readonly found: Found;
}

/** The count of a metric that is known to be there. */
export function viewsOf(found: Found, metric: Metric): bigint {
  const views = found.counts[metric];
  if (views === undefined) throw new Error(`No count of ${metric} where one was found before`);
  return views;
}

export function snapshot(
  clip: LockedClip,
  found: Found,
  metric: Metric,
  flag: string | null,
  campaignId: string | null,
): SnapshotWrite {
  return { clipId: clip.id, metric, views: viewsOf(found, metric), counts: found.counts, flag, campaignId };
}

export function clipWrite(
  input: BatchInput,
  clip: LockedClip,
  found: Found,
  views: bigint,
  metric: Metric | null,
  creditMicros: Micros,
): ClipWrite {
  return { clip, views, metric, creditMicros, availability: 'LIVE', readAt: input.endedAt, found };
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

/** A clip and what was read of it, as the decision needs them. */
export const settleClipOf = ({ clip, submission, terms, found }: ApprovedRead): SettleClip => ({
  clipId: clip.id,
  terms,
  creditedMicros: creditedBefore(clip, submission),
  observation: { counts: found.counts },
  previousViews: clip.views,
  doubtfulViews: submission.doubtfulViews,
});

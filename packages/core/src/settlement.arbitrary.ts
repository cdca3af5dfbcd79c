import fc from 'fast-check';
import type { FrozenTerms } from '#src/earnings.ts';
import { asId, type CampaignId, type ClipId } from '#src/id.ts';
import { micros, minMicros } from '#src/money.ts';
import { METRICS } from '#src/platform.ts';
import type { ClipDecision, SettleClip, SettleDecision, SettleInput, SettleLimits } from '#src/settlement.ts';

// Arbitrary campaigns and clips for property tests, and what the database does with a decision.

const someMicros = (max: bigint) => fc.bigInt(0n, max).map(micros);
const someViews = fc.bigInt(0n, 10n ** 8n);
const someUuid = fc.uuid().map((text) => asId<ClipId>(text));

export const someTerms: fc.Arbitrary<FrozenTerms> = fc.record({
  metric: fc.constantFrom(...METRICS),
  initialViews: fc.oneof(fc.constant(0n), someViews),
  ratePer1000Micros: fc.bigInt(1n, 10n ** 8n).map(micros),
  capMicros: fc.option(fc.bigInt(1n, 10n ** 10n).map(micros)),
  minViews: fc.oneof(fc.constant(0n), fc.bigInt(0n, 100_000n)),
  carriedMicros: fc.oneof(fc.constant(micros(0n)), someMicros(10n ** 8n)),
});

const someCounts = fc.record({ plays: someViews, views: someViews, impressions: someViews }, { requiredKeys: [] });

export const someClip: fc.Arbitrary<SettleClip> = fc.record({
  clipId: someUuid,
  terms: someTerms,
  creditedMicros: fc.oneof(fc.constant(micros(0n)), someMicros(10n ** 10n)),
  observation: fc.record({ counts: someCounts }),
  previousViews: someViews,
  doubtfulViews: fc.option(someViews, { freq: 5 }),
});

export const someClips = fc.uniqueArray(someClip, { selector: (clip) => clip.clipId, maxLength: 12 });

/** An active campaign whose budget is now far too small, now ample. */
export const someInput: fc.Arbitrary<SettleInput> = fc.record({
  campaign: fc.tuple(fc.bigInt(1n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n), fc.uuid()).map(([budget, spent, id]) => ({
    id: asId<CampaignId>(id),
    status: 'ACTIVE' as const,
    budgetMicros: micros(budget),
    spentMicros: minMicros(micros(spent), micros(budget)),
  })),
  clips: someClips,
});

/** Limits under which no count is ever doubted. */
export const TRUSTING: SettleLimits = { jumpFactor: 1n, jumpFloorViews: 10n ** 15n };

/** The rows after a decision was written, and then read again at the given counts, if any. */
export function afterDecision(input: SettleInput, decision: SettleDecision): SettleInput {
  const byId = new Map(decision.clips.map((clip) => [clip.clipId, clip]));
  return {
    campaign: { ...input.campaign, spentMicros: decision.spentAfterMicros },
    clips: input.clips.map((clip) => clipAfter(clip, byId.get(clip.clipId))),
  };
}

function clipAfter(clip: SettleClip, decision: ClipDecision | undefined): SettleClip {
  if (decision === undefined) return clip;
  return {
    ...clip,
    creditedMicros: micros(clip.creditedMicros + decision.creditMicros),
    previousViews: decision.views ?? clip.previousViews,
    doubtfulViews: decision.doubtfulViews,
  };
}

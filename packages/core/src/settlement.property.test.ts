import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareRule } from '#src/allocation.ts';
import { earnedMicros, type FrozenTerms } from '#src/earnings.ts';
import { asId, type CampaignId, type ClipId } from '#src/id.ts';
import { micros, minMicros, sumMicros } from '#src/money.ts';
import { METRICS } from '#src/platform.ts';
import {
  type ClipDecision,
  DEFAULT_SETTLE_LIMITS,
  type SettleClip,
  type SettleDecision,
  type SettleInput,
  type SettleLimits,
  settleCampaign,
} from '#src/settlement.ts';

const someMicros = (max: bigint) => fc.bigInt(0n, max).map(micros);
const someViews = fc.bigInt(0n, 10n ** 8n);
const someUuid = fc.uuid().map((text) => asId<ClipId>(text));

const someTerms: fc.Arbitrary<FrozenTerms> = fc.record({
  metric: fc.constantFrom(...METRICS),
  initialViews: fc.oneof(fc.constant(0n), someViews),
  ratePer1000Micros: fc.bigInt(1n, 10n ** 8n).map(micros),
  capMicros: fc.option(fc.bigInt(1n, 10n ** 10n).map(micros)),
  minViews: fc.oneof(fc.constant(0n), fc.bigInt(0n, 100_000n)),
  carriedMicros: fc.oneof(fc.constant(micros(0n)), someMicros(10n ** 8n)),
});

const someCounts = fc.record({ plays: someViews, views: someViews, impressions: someViews }, { requiredKeys: [] });

const someClip: fc.Arbitrary<SettleClip> = fc.record({
  clipId: someUuid,
  terms: someTerms,
  creditedMicros: fc.oneof(fc.constant(micros(0n)), someMicros(10n ** 10n)),
  observation: fc.record({ counts: someCounts }),
  previousViews: someViews,
  doubtfulViews: fc.option(someViews, { freq: 5 }),
});

const someClips = fc.uniqueArray(someClip, { selector: (clip) => clip.clipId, maxLength: 12 });

/** An active campaign whose budget is now far too small, now ample. */
const someInput: fc.Arbitrary<SettleInput> = fc.record({
  campaign: fc.tuple(fc.bigInt(1n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n), fc.uuid()).map(([budget, spent, id]) => ({
    id: asId<CampaignId>(id),
    status: 'ACTIVE' as const,
    budgetMicros: micros(budget),
    spentMicros: minMicros(micros(spent), micros(budget)),
  })),
  clips: someClips,
});

/** Limits under which no count is ever doubted. */
const TRUSTING: SettleLimits = { jumpFactor: 1n, jumpFloorViews: 10n ** 15n };

/** The rows as the database holds them once a decision was written. */
function afterDecision(input: SettleInput, decision: SettleDecision): SettleInput {
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

const settle = (input: SettleInput) => settleCampaign(input, DEFAULT_SETTLE_LIMITS);
const byId = (a: ClipDecision, b: ClipDecision) => (a.clipId < b.clipId ? -1 : 1);

/** Settles the clips in several batches, one after another, and answers what was credited in all. */
function settleInBatches(input: SettleInput, batchOf: readonly number[]) {
  let state = input;
  let credited = 0n;
  for (const batch of new Set(batchOf)) {
    const clips = state.clips.filter((_, index) => batchOf[index] === batch);
    const decision = settleCampaign({ ...state, clips }, TRUSTING);
    state = afterDecision(state, decision);
    credited += decision.creditedMicros;
  }
  return { credited, state };
}

describe('for every campaign and every batch', () => {
  it('no more is spent than the budget, no credit is negative, no clip gets more than it is owed', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const decision = settle(input);
        expect(decision.spentAfterMicros).toBeLessThanOrEqual(input.campaign.budgetMicros);
        expect(decision.exhausted).toBe(decision.spentAfterMicros === input.campaign.budgetMicros);
        for (const clip of decision.clips) {
          expect(clip.creditMicros).toBeGreaterThanOrEqual(0n);
          expect(clip.creditMicros).toBeLessThanOrEqual(clip.owedMicros);
        }
      }),
    );
  });

  it('the parts sum to the whole to the micro: everything owed, or everything left', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const decision = settle(input);
        expect(sumMicros(decision.clips.map((clip) => clip.creditMicros))).toBe(decision.creditedMicros);
        expect(sumMicros(decision.clips.map((clip) => clip.owedMicros))).toBe(decision.owedMicros);
        expect(decision.creditedMicros).toBe(minMicros(decision.owedMicros, decision.leftBeforeMicros));
        expect(decision.spentAfterMicros - input.campaign.spentMicros).toBe(decision.creditedMicros);
      }),
    );
  });

  it('the order of the clips does not matter', () => {
    const shuffled = someInput.chain((input) =>
      fc.shuffledSubarray([...input.clips], { minLength: input.clips.length }).map((clips) => ({ input, clips })),
    );
    fc.assert(
      fc.property(shuffled, ({ input, clips }) => {
        const [one, other] = [settle(input), settle({ ...input, clips })];
        expect({ ...other, clips: other.clips.toSorted(byId) }).toEqual({ ...one, clips: one.clips.toSorted(byId) });
      }),
    );
  });

  it('a replay credits nothing and changes no accepted count', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const after = afterDecision(input, settleCampaign(input, TRUSTING));
        const replay = settleCampaign(after, TRUSTING);
        if (!replay.exhausted) expect(replay.owedMicros).toBe(0n);
        expect(replay.creditedMicros).toBe(0n);
        expect(afterDecision(after, replay)).toEqual(after);
      }),
    );
  });

  it('cutting one batch into several never pays more in total', () => {
    const cut = someInput.chain((input) => {
      const batchOf = fc.array(fc.nat(3), { minLength: input.clips.length, maxLength: input.clips.length });
      return fc.record({ input: fc.constant(input), batchOf });
    });
    fc.assert(
      fc.property(cut, ({ input, batchOf }) => {
        const whole = settleCampaign(input, TRUSTING);
        expect(settleInBatches(input, batchOf).credited).toBe(whole.creditedMicros);
      }),
    );
  });

  it('reading more often on the way up never pays more, rounding included', () => {
    fc.assert(
      fc.property(someInput, fc.array(fc.bigInt(0n, 10n ** 8n), { minLength: 1, maxLength: 8 }), (input, counts) => {
        const path = counts.toSorted((a, b) => (a < b ? -1 : 1));
        const at = (state: SettleInput, views: bigint): SettleInput => ({
          ...state,
          clips: state.clips.map((clip) => ({ ...clip, observation: { counts: { [clip.terms.metric]: views } } })),
        });
        let state = input;
        for (const views of path) {
          const next = at(state, views);
          state = afterDecision(next, settleCampaign(next, TRUSTING));
        }
        const once = settleCampaign(at(input, path.at(-1) ?? 0n), TRUSTING);
        expect(state.campaign.spentMicros).toBe(once.spentAfterMicros);
      }),
    );
  });

  it('a clip is never credited beyond what the highest accepted count has earned', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const decision = settle(input);
        decision.clips.forEach((clip, index) => {
          const before = input.clips[index];
          if (before === undefined || clip.creditMicros === 0n) return;
          expect(clip.views).not.toBeNull();
          const total = before.creditedMicros + clip.creditMicros;
          expect(total).toBeLessThanOrEqual(earnedMicros(before.terms, clip.views ?? 0n));
        });
      }),
    );
  });

  it('is the same in parts, by the rule of the whole, whatever the parts', () => {
    fc.assert(
      fc.property(someInput, fc.array(fc.nat(3), { minLength: 12, maxLength: 12 }), (input, partOf) => {
        const whole = settle(input);
        const rule = shareRule(whole.leftBeforeMicros, whole.clips);
        let spentMicros = input.campaign.spentMicros;
        const inParts = [...new Set(partOf)].flatMap((part) => {
          const clips = input.clips.filter((_, index) => partOf[index] === part);
          const decision = settleCampaign(
            { campaign: { ...input.campaign, spentMicros }, clips },
            DEFAULT_SETTLE_LIMITS,
            rule,
          );
          spentMicros = decision.spentAfterMicros;
          return decision.clips;
        });
        expect(inParts.toSorted(byId)).toEqual(whole.clips.toSorted(byId));
        expect(spentMicros).toBe(whole.spentAfterMicros);
      }),
    );
  });
});

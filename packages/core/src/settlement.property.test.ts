import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earnedMicros } from '#src/earnings.ts';
import { minMicros, sumMicros } from '#src/money.ts';
import { afterDecision, someInput, TRUSTING } from '#src/settlement.arbitrary.ts';
import { type ClipDecision, DEFAULT_SETTLE_LIMITS, type SettleInput, settleCampaign } from '#src/settlement.ts';

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
});

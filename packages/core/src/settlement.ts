import { type ShareRule, shareOf, shareRule } from '#src/allocation.ts';
import type { CampaignStatus } from '#src/campaign-state.ts';
import { earnedMicros, type FrozenTerms } from '#src/earnings.ts';
import type { CampaignId, ClipId } from '#src/id.ts';
import { invariant } from '#src/invariant.ts';
import { addMicros, type Micros, saturatedMicros, subtractMicros, sumMicros, ZERO_MICROS } from '#src/money.ts';
import { type Counts, definiteCount, METRICS } from '#src/platform.ts';

export interface SettleCampaign {
  id: CampaignId;
  status: CampaignStatus;
  budgetMicros: Micros;
  spentMicros: Micros;
}

/** One approved clip of the campaign and what its read brought. A revoked clip never settles: it must not be here. */
export interface SettleClip {
  clipId: ClipId;
  terms: FrozenTerms;
  /** What it was credited under this submission so far. */
  creditedMicros: Micros;
  observation: { counts: Counts };
  /** The latest count of the terms' metric that was accepted. */
  previousViews: bigint;
  /** The count that waits for a second read, or null. */
  doubtfulViews: bigint | null;
}

export interface SettleInput {
  campaign: SettleCampaign;
  clips: readonly SettleClip[];
}

/** What is a jump: more than previous views × factor + floor. */
export interface SettleLimits {
  jumpFactor: bigint;
  jumpFloorViews: bigint;
}

export const DEFAULT_SETTLE_LIMITS: SettleLimits = { jumpFactor: 20n, jumpFloorViews: 1_000_000n };

/** metric_mismatch: there are counts, but not of the terms' metric. doubtful_jump: too much at once to believe yet. */
export type SettleFlag = 'metric_mismatch' | 'doubtful_jump';

export interface ClipDecision {
  clipId: ClipId;
  /** The accepted count of the terms' metric; null when the read brought none or it is doubtful. */
  views: bigint | null;
  /** What its terms owe it now, whether or not the campaign may pay. */
  owedMicros: Micros;
  creditMicros: Micros;
  flag: SettleFlag | null;
  /** The count that waits for a second read from now on, or null. */
  doubtfulViews: bigint | null;
}

export interface SettleDecision {
  leftBeforeMicros: Micros;
  owedMicros: Micros;
  creditedMicros: Micros;
  spentAfterMicros: Micros;
  /** Nothing is left of the budget. It says nothing of the status: who completes checks that too. */
  exhausted: boolean;
  /** In the order of the input. */
  clips: ClipDecision[];
}

/**
 * Decides one settlement of one campaign from its locked rows: what each clip is credited now.
 *
 * - A clip is owed max(0, earned − credited): falling views, replays and late reads owe nothing and take nothing back.
 * - Only a definite count of the terms' metric moves money; anything else leaves the clip as it was.
 * - Only an ACTIVE campaign pays. What a clip earns during a pause stays owed, so the first read after it pays that.
 * - If more is owed than is left, what is left is shared pro rata and the budget is spent to the micro.
 * - A jump beyond the limits waits: it moves nothing until the next read confirms it.
 *
 * The order of the clips does not matter. A read must be given once: given again, a doubtful read would confirm
 * itself, so the caller drops observations whose snapshot it already holds.
 *
 * @param rule what was decided over more clips than these, for a settlement in parts; without it these are all
 * @throws BrokenInvariant when the rows contradict each other; nothing may be written then.
 */
export function settleCampaign(input: SettleInput, limits: SettleLimits, rule?: ShareRule): SettleDecision {
  const { campaign, clips } = input;
  const leftBeforeMicros = subtractMicros(campaign.budgetMicros, campaign.spentMicros);
  invariant(campaign.spentMicros >= 0n, 'nothing negative was spent');
  invariant(leftBeforeMicros >= 0n, 'no more is spent than the budget');

  const claims = clips.map((clip) => judge(clip, limits));
  const payableMicros = campaign.status === 'ACTIVE' ? leftBeforeMicros : ZERO_MICROS;
  const sharing = rule ?? shareRule(payableMicros, claims);
  const decided = claims.map((claim) => ({ ...claim, creditMicros: shareOf(sharing, claim) }));

  const creditedMicros = sumMicros(decided.map((clip) => clip.creditMicros));
  invariant(creditedMicros <= leftBeforeMicros, 'no more is credited than was left');
  const spentAfterMicros = addMicros(campaign.spentMicros, creditedMicros);
  return {
    leftBeforeMicros,
    owedMicros: totalOwed(claims),
    creditedMicros,
    spentAfterMicros,
    exhausted: spentAfterMicros === campaign.budgetMicros,
    clips: decided,
  };
}

/** What the read says of the clip, and what the clip is owed by it. */
function judge(clip: SettleClip, limits: SettleLimits): Omit<ClipDecision, 'creditMicros'> {
  const { clipId, terms, creditedMicros, observation, doubtfulViews } = clip;
  invariant(creditedMicros >= 0n, 'nothing negative was credited');
  const views = definiteCount(observation.counts, terms.metric);
  if (views === null) {
    const flag = METRICS.some((metric) => definiteCount(observation.counts, metric) !== null)
      ? 'metric_mismatch'
      : null;
    return { clipId, views, owedMicros: ZERO_MICROS, flag, doubtfulViews };
  }
  if (isDoubtful(views, clip, limits)) {
    return { clipId, views: null, owedMicros: ZERO_MICROS, flag: 'doubtful_jump', doubtfulViews: views };
  }
  const earned = earnedMicros(terms, views);
  const owedMicros = earned > creditedMicros ? subtractMicros(earned, creditedMicros) : ZERO_MICROS;
  return { clipId, views, owedMicros, flag: null, doubtfulViews: null };
}

/**
 * A count beyond the bound of the accepted one is believed only at the second read: one that reaches 90 % of the
 * waiting count confirms that count. It is then judged against it, so that a second, still wilder count waits again.
 */
function isDoubtful(views: bigint, clip: SettleClip, limits: SettleLimits): boolean {
  const isJumpFrom = (base: bigint) => views > base * limits.jumpFactor + limits.jumpFloorViews;
  if (!isJumpFrom(clip.previousViews)) return false;
  const confirmed = clip.doubtfulViews !== null && views * 10n >= clip.doubtfulViews * 9n;
  return !confirmed || isJumpFrom(clip.doubtfulViews ?? clip.previousViews);
}

/** Claims may together be more than an amount can be; what is owed beyond that changes nothing. */
function totalOwed(claims: readonly { owedMicros: Micros }[]): Micros {
  return saturatedMicros(claims.reduce((total, claim) => total + claim.owedMicros, 0n));
}

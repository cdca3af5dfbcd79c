import type { CampaignStatus, CompletionReason } from '#src/campaign-state.ts';
import type { FrozenTerms } from '#src/earnings.ts';
import { invariant } from '#src/invariant.ts';
import { formatUsd, type Micros, subtractMicros } from '#src/money.ts';
import { type Platform, platformName } from '#src/platform.ts';
import type { PlatformStatus } from '#src/platform-notice.ts';

/** Everything that a clip which was once approved can be, the most telling first: a clip is the first that fits. */
export const CLIP_STATES = [
  'revoked',
  'budget_reached',
  'ended',
  'on_hold',
  'gone',
  'private',
  'paused',
  'platform_delayed',
  'capped',
  'below_minimum',
  'fell',
  'nothing_new',
  'tracking',
] as const;
export type ClipStateName = (typeof CLIP_STATES)[number];

/** Names of icons in lucide, so that a state looks the same wherever it is shown. */
export type ClipStateIcon =
  | 'undo-2'
  | 'circle-dollar-sign'
  | 'flag'
  | 'shield-question-mark'
  | 'circle-slash'
  | 'lock'
  | 'circle-pause'
  | 'clock'
  | 'circle-gauge'
  | 'hourglass'
  | 'trending-down'
  | 'circle-minus'
  | 'circle-check';

/** What is known of an approved (or revoked) submission and its clip. Values of one snapshot, or kept true by events. */
export interface ClipFacts {
  readonly status: 'APPROVED' | 'REVOKED';
  readonly platform: Platform;
  readonly availability: 'UNREAD' | 'LIVE' | 'PRIVATE' | 'GONE';
  /** The latest accepted count of the terms' metric. */
  readonly views: bigint;
  readonly terms: Omit<FrozenTerms, 'metric'>;
  /** What it was credited in this campaign, in all. */
  readonly creditedMicros: Micros;
  /** Why it is on hold, in words; null if it is not. */
  readonly heldReason: string | null;
  /** A jump waits for a second read. */
  readonly isDoubtful: boolean;
  /** Why the approval was taken back, in words, if that is known. */
  readonly revokedReason: string | null;
  /** The last read found no more views than the one before. */
  readonly isStill: boolean;
  readonly platformStatus: PlatformStatus;
  readonly campaign: {
    readonly status: CampaignStatus;
    readonly completionReason: CompletionReason | null;
    /** Pending has become available. */
    readonly released: boolean;
  };
}

/** How a clip stands: one word, and in sentences why, what was kept and what to do. */
export interface ClipState {
  readonly name: ClipStateName;
  readonly word: string;
  readonly icon: ClipStateIcon;
  readonly tone: 'good' | 'neutral' | 'warn' | 'bad';
  /** The figure that belongs to the word where there is room for few: "1,200 to go". */
  readonly note: string | null;
  readonly why: string;
  readonly kept: string;
  readonly toDo: string;
}

const LOOKS: Record<ClipStateName, Pick<ClipState, 'word' | 'icon' | 'tone'>> = {
  revoked: { word: 'Revoked', icon: 'undo-2', tone: 'bad' },
  budget_reached: { word: 'Budget reached', icon: 'circle-dollar-sign', tone: 'neutral' },
  ended: { word: 'Ended', icon: 'flag', tone: 'neutral' },
  on_hold: { word: 'On hold', icon: 'shield-question-mark', tone: 'warn' },
  gone: { word: 'Gone', icon: 'circle-slash', tone: 'bad' },
  private: { word: 'Private', icon: 'lock', tone: 'warn' },
  paused: { word: 'Paused', icon: 'circle-pause', tone: 'warn' },
  platform_delayed: { word: 'Platform delayed', icon: 'clock', tone: 'warn' },
  capped: { word: 'Capped', icon: 'circle-gauge', tone: 'neutral' },
  below_minimum: { word: 'Below minimum', icon: 'hourglass', tone: 'neutral' },
  fell: { word: 'Fell', icon: 'trending-down', tone: 'warn' },
  nothing_new: { word: 'Nothing new', icon: 'circle-minus', tone: 'neutral' },
  tracking: { word: 'Tracking', icon: 'circle-check', tone: 'good' },
};

/** How a clip stands now. The same facts give the same state, on the server and on an open page. */
export function clipState(facts: ClipFacts): ClipState {
  const name = stateOf(facts);
  return { name, ...LOOKS[name], note: noteOf(name, facts), ...SENTENCES[name](facts) };
}

/** Why, what was kept and what to do, in one line. */
export function clipStateSentence({ why, kept, toDo }: Pick<ClipState, 'why' | 'kept' | 'toDo'>): string {
  return `${why} ${kept} ${toDo}`;
}

function noteOf(name: ClipStateName, facts: ClipFacts): string | null {
  if (name === 'below_minimum') return `${count(facts.terms.minViews - growthOf(facts))} to go`;
  if (name === 'fell') return `earns again above ${count(earnsAgainAbove(facts))}`;
  if (name === 'capped') return formatUsd(facts.terms.capMicros ?? facts.creditedMicros);
  return null;
}

function stateOf(facts: ClipFacts): ClipStateName {
  const { terms, campaign, creditedMicros } = facts;
  if (facts.status === 'REVOKED') return 'revoked';
  if (campaign.status === 'COMPLETED' && campaign.completionReason === 'BUDGET') return 'budget_reached';
  if (campaign.status === 'COMPLETED' || campaign.status === 'CANCELLED') return 'ended';
  if (facts.heldReason !== null || facts.isDoubtful) return 'on_hold';
  if (facts.availability === 'GONE') return 'gone';
  if (facts.availability === 'PRIVATE') return 'private';
  if (campaign.status === 'PAUSED') return 'paused';
  if (facts.platformStatus !== 'OK') return 'platform_delayed';
  if (terms.capMicros !== null && creditedMicros >= terms.capMicros) return 'capped';
  const growth = growthOf(facts);
  // Once it has earned under these terms the minimum was reached: a count that is below it now fell.
  if (creditedMicros <= terms.carriedMicros && growth < terms.minViews) return 'below_minimum';
  if (facts.views < paidViews(facts) || facts.views < terms.initialViews) return 'fell';
  return facts.isStill ? 'nothing_new' : 'tracking';
}

const growthOf = ({ views, terms }: ClipFacts): bigint =>
  views > terms.initialViews ? views - terms.initialViews : 0n;

/** The smallest growth whose earnings, before a cap and a minimum, are at least so much. */
function growthThatEarns(micros: bigint, ratePer1000Micros: Micros): bigint {
  invariant(ratePer1000Micros > 0n, 'a rate is positive');
  return micros <= 0n ? 0n : (micros * 1_000n + ratePer1000Micros - 1n) / ratePer1000Micros;
}

/** The count that its credits paid for. */
function paidViews({ terms, creditedMicros }: ClipFacts): bigint {
  return (
    terms.initialViews + growthThatEarns(subtractMicros(creditedMicros, terms.carriedMicros), terms.ratePer1000Micros)
  );
}

/** The largest count that still earns nothing more: above it the clip earns again. */
export function earnsAgainAbove({ terms, creditedMicros }: Pick<ClipFacts, 'terms' | 'creditedMicros'>): bigint {
  const more = growthThatEarns(creditedMicros - terms.carriedMicros + 1n, terms.ratePer1000Micros);
  const isMinimumFarther = terms.minViews > more;
  return terms.initialViews + (isMinimumFarther ? terms.minViews : more) - 1n;
}

type Sentences = Pick<ClipState, 'why' | 'kept' | 'toDo'>;

const NOTHING_TO_DO = 'There is nothing to do.';

const SENTENCES: Record<ClipStateName, (facts: ClipFacts) => Sentences> = {
  tracking: (facts) => ({
    why: 'Its views are read again and again, and each new one counts.',
    kept: earnedSoFar(facts),
    toDo: NOTHING_TO_DO,
  }),
  nothing_new: (facts) => ({
    why: 'The last read found no new views.',
    kept: earnedSoFar(facts),
    toDo: 'New views count at the next read.',
  }),
  below_minimum: (facts) => ({
    why: `It earns from ${viewsText(facts.terms.minViews)} on, with ${viewsText(facts.terms.minViews - growthOf(facts))} still to go.`,
    kept: facts.creditedMicros > 0n ? earnedSoFar(facts) : 'Once they are reached, every view counts from the first.',
    toDo: 'Share it: nothing is earned below the minimum.',
  }),
  fell: (facts) => ({
    why: `${platformName(facts.platform)} shows fewer views than before.`,
    kept: `Nothing is taken back: ${facts.creditedMicros > 0n ? `the ${formatUsd(facts.creditedMicros)} it earned stays` : 'the clip stays in the campaign'}.`,
    toDo: `It earns again above ${viewsText(earnsAgainAbove(facts))}.`,
  }),
  capped: (facts) => ({
    why: `It has earned the most that a clip can earn here, ${formatUsd(facts.terms.capMicros ?? facts.creditedMicros)}.`,
    kept: 'All of it is kept; more views earn nothing more here.',
    toDo: 'Submit another clip to earn more.',
  }),
  paused: (facts) => ({
    why: 'Its campaign is paused.',
    kept: `${earnedSoFar(facts)} Views that come meanwhile count when it goes on.`,
    toDo: NOTHING_TO_DO,
  }),
  budget_reached: (facts) => ({
    why: "The campaign's budget is spent to the last cent.",
    kept: earnedInAll(facts),
    toDo: afterTheEnd(facts),
  }),
  ended: (facts) => ({
    why: ENDINGS[facts.campaign.completionReason ?? 'ADMIN'],
    kept: earnedInAll(facts),
    toDo: afterTheEnd(facts),
  }),
  on_hold: (facts) =>
    facts.heldReason === null
      ? {
          why: 'Its last read jumped far beyond the one before, so a second read has to confirm it.',
          kept: `${earnedSoFar(facts)} Once confirmed, the new views count too.`,
          toDo: NOTHING_TO_DO,
        }
      : {
          why: asSentence(facts.heldReason),
          kept: `${earnedSoFar(facts)} Views that come meanwhile count if it is released.`,
          toDo: 'An admin looks at it. There is nothing to do until then.',
        },
  platform_delayed: (facts) => ({
    why: `${platformName(facts.platform)} ${facts.platformStatus === 'STOPPED' ? 'is not read at the moment' : 'answers late at the moment'}.`,
    kept: `${earnedSoFar(facts)} Views that are read later count later; nothing is lost.`,
    toDo: NOTHING_TO_DO,
  }),
  private: (facts) => ({
    why: 'The video is private, so its views cannot be read.',
    kept: earnedSoFar(facts),
    toDo: 'Make it public again: the views it has then count.',
  }),
  gone: (facts) => ({
    why: `${platformName(facts.platform)} no longer has this video.`,
    kept: earnedSoFar(facts),
    toDo: 'If it was taken down by mistake, put it back under the same link.',
  }),
  revoked: (facts) => ({
    why:
      facts.revokedReason === null
        ? 'An admin took its approval back.'
        : `An admin took its approval back: ${asSentence(facts.revokedReason)}`,
    kept:
      facts.creditedMicros > 0n
        ? `It earned ${formatUsd(facts.creditedMicros)} until then and earns nothing more.`
        : 'It earns nothing more.',
    toDo: 'Ask the admin if you think that is wrong.',
  }),
};

const ENDINGS: Record<CompletionReason, string> = {
  BUDGET: "The campaign's budget is spent.",
  DEADLINE: 'The campaign reached its deadline.',
  ADMIN: 'The campaign was completed.',
  CANCELLED: 'The campaign was cancelled.',
};

const earnedSoFar = ({ creditedMicros }: ClipFacts): string =>
  creditedMicros > 0n ? `The ${formatUsd(creditedMicros)} it earned is kept.` : 'It has earned nothing yet.';

const earnedInAll = ({ creditedMicros }: ClipFacts): string =>
  creditedMicros > 0n ? `It earned ${formatUsd(creditedMicros)} in all, which is kept.` : 'It earned nothing here.';

const afterTheEnd = ({ creditedMicros, campaign }: ClipFacts): string => {
  if (creditedMicros <= 0n) return 'Look for another campaign.';
  return campaign.released ? 'It is in your available balance.' : 'It becomes available in a moment.';
};

const count = (views: bigint): string => views.toString().replace(/\B(?=(\d{3})+$)/g, ',');

const viewsText = (views: bigint): string => `${count(views)} ${views === 1n ? 'view' : 'views'}`;

/** Words of people, with the full stop that they may lack. */
const asSentence = (words: string): string => (/[.!?]$/.test(words.trim()) ? words.trim() : `${words.trim()}.`);

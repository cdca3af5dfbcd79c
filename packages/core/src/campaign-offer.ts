import { maxViewsForBudget } from '#src/earnings.ts';
import { type Micros, maxMicros, minMicros } from '#src/money.ts';
import type { Platform } from '#src/platform.ts';

/** What a campaign offers, as far as it is known yet: null is what is still missing. */
export interface CampaignOffer {
  readonly title: string;
  readonly brand: string;
  readonly budgetMicros: Micros | null;
  /** For 1,000 views. */
  readonly rateMicros: Micros | null;
  readonly rates: readonly PlatformRate[];
  readonly minViews: bigint;
  readonly platforms: readonly Platform[];
  readonly startsAt: Date | null;
  readonly deadline: Date | null;
}

/** A platform that pays another rate than its campaign. */
export interface PlatformRate {
  readonly platform: Platform;
  readonly rateMicros: Micros;
}

/** What a campaign pays for 1,000 views on a platform. */
export function rateOn(
  platform: Platform,
  campaign: { readonly rateMicros: Micros; readonly rates: readonly PlatformRate[] },
): Micros {
  return campaign.rates.find((rate) => rate.platform === platform)?.rateMicros ?? campaign.rateMicros;
}

/**
 * The views that a budget pays for: at the dearest of its platforms' rates, and at the cheapest. Null before budget, rate
 * and platforms are known.
 */
export function viewsForOffer(
  offer: Pick<CampaignOffer, 'budgetMicros' | 'rateMicros' | 'rates' | 'platforms'>,
): { readonly atLeast: bigint; readonly atMost: bigint } | null {
  const { budgetMicros, rateMicros, rates, platforms } = offer;
  if (budgetMicros === null || rateMicros === null || rateMicros <= 0n || budgetMicros < 0n) return null;
  const paid = platforms.map((platform) => rateOn(platform, { rateMicros, rates }));
  const dearest = paid.reduce(maxMicros, paid[0] ?? rateMicros);
  const cheapest = paid.reduce(minMicros, paid[0] ?? rateMicros);
  if (cheapest <= 0n) return null;
  return { atLeast: maxViewsForBudget(budgetMicros, dearest), atMost: maxViewsForBudget(budgetMicros, cheapest) };
}

/** What keeps a campaign from being published, each as a sentence that says what would be right; empty: nothing does. */
export function publishBlockers(offer: CampaignOffer, now: Date): string[] {
  const { startsAt, deadline, minViews } = offer;
  const blockers: string[] = [];
  if (offer.title.trim() === '') blockers.push('Give the campaign a title.');
  if (offer.brand.trim() === '') blockers.push('Name the brand.');
  if (offer.platforms.length === 0) blockers.push('Choose at least one platform.');
  if (offer.budgetMicros === null) blockers.push('Set a budget.');
  if (offer.rateMicros === null) blockers.push('Set a rate per 1,000 views.');
  if (deadline === null) blockers.push('Set a deadline.');
  else if (deadline <= now) blockers.push('The deadline has passed: set a later one.');
  else if (startsAt !== null && deadline <= startsAt) blockers.push('The deadline must be after the start.');
  const views = viewsForOffer(offer);
  if (views !== null && minViews > views.atMost) {
    blockers.push('The budget ends before a clip reaches the minimum views: raise the one or lower the other.');
  }
  return blockers;
}

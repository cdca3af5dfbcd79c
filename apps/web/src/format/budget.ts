import { parseMicros } from '@clipmeter/core/money';
import type { CampaignCard } from '#src/client/outputs.ts';

/** The figures of a budget bar, in percent of the budget for drawing. */
export interface BudgetFigures {
  spentPercent: number;
  /** Never reaches beyond the end of the bar. */
  expectedPercent: number;
}

export function budgetFigures(card: Pick<CampaignCard, 'budget' | 'spent' | 'expected'>): BudgetFigures {
  const budget = parseMicros(card.budget);
  const spentPercent = percentOf(parseMicros(card.spent), budget);
  return {
    spentPercent,
    expectedPercent: Math.min(percentOf(parseMicros(card.expected), budget), 100 - spentPercent),
  };
}

/** To a hundredth of a percent, cut: 100 only when nothing is left. */
function percentOf(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 10_000n) / whole) / 100;
}

/** "about 2 days at this pace"; undefined when nothing moves. */
export function paceText(daysLeft: number | null): string | undefined {
  if (daysLeft === null) return undefined;
  if (daysLeft === 0) return 'less than a day at this pace';
  return `about ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} at this pace`;
}

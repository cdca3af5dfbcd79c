import { budgetLasts } from '@clipmeter/core/budget-forecast';
import { parseMicros } from '@clipmeter/core/money';
import type { CampaignCard, CampaignPage } from '#src/client/outputs.ts';

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

/**
 * How long what is left is likely to last: "2 to 3 days at this pace". Undefined when nothing moves. What is left changes
 * with each event; the pace is that of the page's last look.
 */
export function lastsText(left: string, pace: CampaignPage['pace']): string | undefined {
  if (pace === null || pace.kind === 'still') return undefined;
  if (pace.kind === 'early') return 'too early to say how long it lasts';
  const { fromMs, toMs } = budgetLasts(parseMicros(left), {
    kind: 'moving',
    slowPerDayMicros: parseMicros(pace.slowPerDay),
    fastPerDayMicros: parseMicros(pace.fastPerDay),
  });
  return `${rangeText(lengthOf(fromMs), toMs === null ? null : lengthOf(toMs))} at this pace`;
}

interface Length {
  count: number;
  unit: 'hour' | 'day';
}

const HOUR_MS = 3_600_000;

function lengthOf(ms: number): Length {
  const hours = Math.floor(ms / HOUR_MS);
  return hours < 48 ? { count: hours, unit: 'hour' } : { count: Math.floor(hours / 24), unit: 'day' };
}

function rangeText(from: Length, to: Length | null): string {
  if (to === null) return from.count === 0 ? 'under an hour or more' : `at least ${lengthText(from)}`;
  if (to.count === 0) return 'less than an hour';
  if (from.unit === to.unit && from.count === to.count) return `about ${lengthText(to)}`;
  if (from.count === 0) return `up to ${lengthText(to)}`;
  return from.unit === to.unit ? `${from.count} to ${lengthText(to)}` : `${lengthText(from)} to ${lengthText(to)}`;
}

function lengthText({ count, unit }: Length): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

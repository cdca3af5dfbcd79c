import { invariant } from '#src/invariant.ts';
import type { Micros } from '#src/money.ts';

/** Parts of a budget, in percent, that admins are told of when they are spent. */
const BUDGET_ALERTS = [90, 95] as const;
type BudgetAlert = (typeof BUDGET_ALERTS)[number];

/**
 * The alerts that a settlement raises: those whose part was not spent before it and is after it. A top-up makes room
 * below a part again, so it may be crossed twice; whoever tells it remembers that it was told.
 */
export function budgetAlertsCrossed(campaign: {
  budgetMicros: Micros;
  spentBeforeMicros: Micros;
  spentAfterMicros: Micros;
}): BudgetAlert[] {
  const { budgetMicros, spentBeforeMicros, spentAfterMicros } = campaign;
  invariant(budgetMicros > 0n, 'a budget is positive');
  const isSpent = (spentMicros: Micros, percent: number) => spentMicros * 100n >= budgetMicros * BigInt(percent);
  return BUDGET_ALERTS.filter((percent) => !isSpent(spentBeforeMicros, percent) && isSpent(spentAfterMicros, percent));
}

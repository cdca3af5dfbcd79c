import { formatDecimal, sumMicros } from '@clipmeter/core/money';
import { microsFromNumeric } from '@clipmeter/db/micros-column';
import { readClipTotals } from '@clipmeter/db/read-clips';
import { type BalanceRow, countUnreadNotifications, readBalances, readFees } from '@clipmeter/db/read-people';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';

/** What the viewer owns: balances of the ledger and nothing else, and the clips in figures. */
export function mySummary({ pool, viewer }: SignedInContext) {
  return readSnapshot(pool, async (tx) => {
    const balances = await readBalances(tx, viewer.userId);
    const fees = await readFees(tx, viewer.userId);
    const all = [...balances.map(({ balance }) => balance), fees];
    return {
      currency: 'USD' as const,
      pending: sumOf(balances, 'pending'),
      available: sumOf(balances, 'available'),
      reserved: sumOf(balances, 'reserved'),
      paid: sumOf(balances, 'paid'),
      lifetime: formatDecimal(sumMicros(all.map(microsFromNumeric))),
      fees,
      balances,
      totals: await readClipTotals(tx, viewer.userId),
      unreadNotifications: await countUnreadNotifications(tx, viewer.userId),
    };
  });
}

function sumOf(balances: readonly BalanceRow[], kind: BalanceRow['kind']): string {
  const wanted = balances.filter((balance) => balance.kind === kind);
  return formatDecimal(sumMicros(wanted.map(({ balance }) => microsFromNumeric(balance))));
}

import { formatDecimal, sumMicros } from '@clipmeter/core/money';
import { microsFromNumeric } from '@clipmeter/db/micros-column';
import { readOwnClips } from '@clipmeter/db/read-clips';
import { type BalanceRow, countUnreadNotifications, readBalances } from '@clipmeter/db/read-people';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';
import { toClipRow } from '#src/output/clip-row.ts';

const CLIPS_MAX = 100;

/** What the viewer owns: balances of the ledger and nothing else, and the latest clips. */
export function mySummary({ pool, viewer }: SignedInContext) {
  return readSnapshot(pool, async (tx) => {
    const balances = await readBalances(tx, viewer.userId);
    const clips = await readOwnClips(tx, viewer.userId, CLIPS_MAX);
    return {
      currency: 'USD' as const,
      pending: sumOf(balances, 'pending'),
      available: sumOf(balances, 'available'),
      reserved: sumOf(balances, 'reserved'),
      paid: sumOf(balances, 'paid'),
      balances,
      clips: clips.map((clip) => ({
        ...toClipRow(clip, viewer),
        campaignTitle: clip.campaignTitle,
        campaignStatus: clip.campaignStatus,
        approvalBlocked: clip.approvalBlocked,
      })),
      unreadNotifications: await countUnreadNotifications(tx, viewer.userId),
    };
  });
}

function sumOf(balances: readonly BalanceRow[], kind: BalanceRow['kind']): string {
  const wanted = balances.filter((balance) => balance.kind === kind);
  return formatDecimal(sumMicros(wanted.map(({ balance }) => microsFromNumeric(balance))));
}

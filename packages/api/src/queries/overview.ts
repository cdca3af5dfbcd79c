import { divFloor, formatDecimal, type Micros, micros } from '@clipmeter/core/money';
import { microsFromNumeric } from '@clipmeter/db/micros-column';
import { countCampaigns, readOpenSpend, readOverviewTotals } from '@clipmeter/db/read-overview';
import { countReview } from '@clipmeter/db/read-review';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { readOpenAlerts } from '@clipmeter/db/read-tracker';
import type { SignedInContext } from '#src/context.ts';

const DAY_MS = 86_400_000;
const ALERTS_MAX = 20;
/** Events of campaigns beyond these make the page ask again. */
const OPEN_SPEND_MAX = 500;

/** Everything an admin answers for, of one snapshot. */
export function overview({ pool, now }: SignedInContext) {
  return readSnapshot(pool, async (tx) => {
    const totals = await readOverviewTotals(tx, new Date(now().getTime() - DAY_MS));
    const campaigns = await countCampaigns(tx);
    const review = await countReview(tx);
    return {
      currency: 'USD' as const,
      views: totals.views,
      growth: totals.growth,
      clips: totals.clips,
      clippers: { earning: totals.clippersEarning, all: totals.clippers },
      spent: totals.spent,
      spentToday: totals.spentSince,
      left: totals.left,
      costPer1000: costPer1000(microsFromNumeric(totals.spent), BigInt(totals.growth)),
      openSpend: await readOpenSpend(tx, OPEN_SPEND_MAX),
      campaigns: {
        drafts: campaigns.DRAFT,
        scheduled: campaigns.SCHEDULED,
        active: campaigns.ACTIVE,
        paused: campaigns.PAUSED,
      },
      queues: { waiting: review.waiting, asked: review.asked, held: review.held },
      alerts: await readOpenAlerts(tx, ALERTS_MAX),
    };
  });
}

/** What 1,000 counted views came to, to the micro. */
function costPer1000(spentMicros: Micros, growth: bigint): string | null {
  return growth === 0n ? null : formatDecimal(micros(divFloor(spentMicros * 1_000n, growth)));
}

import { budgetPace } from '@clipmeter/core/budget-forecast';
import { formatDecimal } from '@clipmeter/core/money';
import type { Queryable } from '@clipmeter/db/connect';
import { microsFromNumeric } from '@clipmeter/db/micros-column';
import { type CampaignRow, readOwnShare, readTotals } from '@clipmeter/db/read-campaigns';
import { readPlatformStates } from '@clipmeter/db/read-platforms';
import { readRecentSpend } from '@clipmeter/db/read-recent-spend';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';
import type { CampaignPace } from '#src/output/campaign.ts';
import { toCampaignCard } from '#src/output/campaign-card.ts';
import { toPlatformStatus } from '#src/output/platform-status.ts';
import { visibleCampaign } from '#src/queries/visible-campaign.ts';

const DAY_MS = 86_400_000;

/** One campaign with everything on its page but clips and chart, of one snapshot. */
export function campaignPage({ pool, viewer, now }: SignedInContext, { id }: { id: string }) {
  return readSnapshot(pool, async (tx) => {
    const row = await visibleCampaign(tx, viewer, id);
    const states = await readPlatformStates(tx, row.platforms);
    return {
      campaign: {
        ...toCampaignCard(row),
        description: row.description,
        capPerClip: row.capPerClip,
        minViews: row.minViews,
        requirements: row.requirements,
        materialUrl: row.materialUrl,
      },
      pace: await readPace(tx, row, now()),
      totals: await readTotals(tx, id),
      mine: await readOwnShare(tx, id, viewer.userId),
      latePlatforms: states.filter((state) => state.status !== 'OK').map(toPlatformStatus),
    };
  });
}

/** Only what runs has a pace; before the first start and after the end there is none. */
async function readPace(client: Queryable, row: CampaignRow, now: Date): Promise<CampaignPace | null> {
  if (row.status !== 'ACTIVE') return null;
  const spend = await readRecentSpend(client, row, { since: new Date(now.getTime() - DAY_MS), until: now });
  if (spend === null) return null;
  const pace = budgetPace({
    reads: spend.reads,
    elapsedMs: now.getTime() - spend.from.getTime(),
    olderMicros: microsFromNumeric(spend.older),
    newerMicros: microsFromNumeric(spend.newer),
  });
  if (pace.kind !== 'moving') return pace;
  const { kind, slowPerDayMicros, fastPerDayMicros } = pace;
  return { kind, slowPerDay: formatDecimal(slowPerDayMicros), fastPerDay: formatDecimal(fastPerDayMicros) };
}

import { isFinal } from '@clipmeter/core/campaign-state';
import { formatDecimal } from '@clipmeter/core/money';
import type { Queryable } from '@clipmeter/db/connect';
import { microsFromNumeric } from '@clipmeter/db/micros-column';
import { type CampaignRow, readOwnShare, readRecentSpend, readTotals } from '@clipmeter/db/read-campaigns';
import { readPlatformStates } from '@clipmeter/db/read-platforms';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';
import { toCampaignCard } from '#src/output/campaign-card.ts';
import { toPlatformStatus } from '#src/output/platform-status.ts';
import { paceOf } from '#src/pace.ts';
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
      ...(await readPace(tx, row, now())),
      totals: await readTotals(tx, id),
      mine: await readOwnShare(tx, id, viewer.userId),
      latePlatforms: states.filter((state) => state.status !== 'OK').map(toPlatformStatus),
    };
  });
}

async function readPace(client: Queryable, row: CampaignRow, now: Date) {
  if (isFinal(row)) return { pacePerDay: null, daysLeft: null };
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const { credited, activeSince } = await readRecentSpend(client, row, dayAgo);
  const from = activeSince !== null && activeSince > dayAgo ? activeSince : dayAgo;
  const { perDayMicros, daysLeft } = paceOf({
    creditedMicros: microsFromNumeric(credited),
    elapsedMs: now.getTime() - from.getTime(),
    leftMicros: microsFromNumeric(row.left),
  });
  return { pacePerDay: perDayMicros === null ? null : formatDecimal(perDayMicros), daysLeft };
}

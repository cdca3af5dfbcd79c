import type { CampaignRow } from '@clipmeter/db/read-campaigns';
import type { CampaignCard } from '#src/output/campaign.ts';
import { currencySchema } from '#src/output/scalar.ts';

/** A campaign as a card shows it. */
export function toCampaignCard(row: CampaignRow): CampaignCard {
  return {
    id: row.id,
    version: row.version,
    title: row.title,
    brand: row.brand,
    platforms: row.platforms,
    status: row.status,
    currency: currencySchema.parse(row.currency),
    ratePer1000: row.ratePer1000,
    rates: row.rates,
    imageId: row.imageId,
    archivedAt: row.archivedAt,
    budget: row.budget,
    spent: row.spent,
    expected: row.expected,
    left: row.left,
    closing: row.closing,
    startsAt: row.startsAt,
    deadline: row.deadline,
    completedAt: row.completedAt,
    completionReason: row.completionReason,
    released: row.released,
    clipsCount: row.clipsCount,
    createdAt: row.createdAt,
  };
}

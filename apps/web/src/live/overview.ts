import { addMicros, formatDecimal, parseMicros, subtractMicros } from '@clipmeter/core/money';
import type { Overview } from '#src/client/outputs.ts';
import type { Payload } from '#src/live/page-event.ts';

/**
 * The overview's spend after a campaign changed: its sum moves by what that campaign moved. Null: the page does not know
 * the campaign, or it has changed what campaigns there are, so the figures have to be asked for again.
 */
export function applySpend(overview: Overview, event: Payload<'campaign.changed'>): Overview | null {
  const index = overview.openSpend.findIndex(({ id }) => id === event.campaignId);
  const known = overview.openSpend[index];
  if (known === undefined) return null;
  if (event.version <= known.version) return overview;
  const change = subtractMicros(parseMicros(event.spent), parseMicros(known.spent));
  return {
    ...overview,
    spent: formatDecimal(addMicros(parseMicros(overview.spent), change)),
    spentToday: formatDecimal(addMicros(parseMicros(overview.spentToday), change)),
    openSpend: overview.openSpend.with(index, { ...known, spent: event.spent, version: event.version }),
  };
}

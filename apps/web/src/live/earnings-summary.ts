import { formatDecimal, parseMicros, sumMicros } from '@clipmeter/core/money';
import type { OwnClip, Summary } from '#src/client/outputs.ts';
import { applyEarnings, applyViews } from '#src/live/clip-rows.ts';
import type { Payload } from '#src/live/page-event.ts';

type Balance = Summary['balances'][number];
type Changed = Payload<'earnings.changed'>;

/** A clipper's balances after an event. Sums are made anew from the balances, so they cannot drift. */
export function applyToSummary(summary: Summary, event: Changed): Summary {
  const balances = applyBalances(summary.balances, event.balances);
  if (balances === summary.balances) return summary;
  const all = [...balances.map(({ balance }) => balance), summary.fees];
  return {
    ...summary,
    balances,
    pending: sumOf(balances, 'pending'),
    available: sumOf(balances, 'available'),
    reserved: sumOf(balances, 'reserved'),
    paid: sumOf(balances, 'paid'),
    lifetime: formatDecimal(sumMicros(all.map(parseMicros))),
  };
}

function applyBalances(balances: Balance[], events: Changed['balances']): Balance[] {
  let next = balances;
  for (const event of events) {
    const index = next.findIndex((each) => each.kind === event.kind && each.campaignId === event.campaignId);
    const known = next[index];
    if (known === undefined)
      next = [...next, { ...event, campaignTitle: null, campaignStatus: null, campaignDeadline: null }];
    else if (event.version > known.version) next = next.with(index, { ...known, ...event });
  }
  return next;
}

/** A clipper's clips after an event, in their order. The same array if nothing was newer. */
export function applyToOwnClips(clips: OwnClip[], event: Pick<Changed, 'clips'>): OwnClip[] {
  const after = new Map(applyEarnings(applyViews(clips, event.clips), event.clips).map((row) => [row.clipId, row]));
  let changed = false;
  const next = clips.map((clip) => {
    const row = after.get(clip.clipId);
    if (row === undefined || (row.version === clip.version && row.credited === clip.credited)) return clip;
    changed = true;
    // Newest first is the order here, and ranks are of another list.
    return { ...clip, ...row, rank: clip.rank };
  });
  return changed ? next : clips;
}

function sumOf(balances: Balance[], kind: Balance['kind']): string {
  return formatDecimal(
    sumMicros(balances.filter((each) => each.kind === kind).map((each) => parseMicros(each.balance))),
  );
}

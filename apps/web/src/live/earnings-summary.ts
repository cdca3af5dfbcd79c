import { formatDecimal, parseMicros, sumMicros } from '@clipmeter/core/money';
import type { Summary } from '#src/client/outputs.ts';
import { applyEarnings, applyViews } from '#src/live/clip-rows.ts';
import type { Payload } from '#src/live/page-event.ts';

type Balance = Summary['balances'][number];

/** A clipper's balances and clips after an event. Sums are made anew from the balances, so they cannot drift. */
export function applyToSummary(summary: Summary, event: Payload<'earnings.changed'>): Summary {
  const balances = applyBalances(summary.balances, event.balances);
  const clips = applyToClips(summary.clips, event.clips);
  if (balances === summary.balances && clips === summary.clips) return summary;
  return {
    ...summary,
    balances,
    clips,
    pending: sumOf(balances, 'pending'),
    available: sumOf(balances, 'available'),
    reserved: sumOf(balances, 'reserved'),
    paid: sumOf(balances, 'paid'),
  };
}

function applyBalances(balances: Balance[], events: Payload<'earnings.changed'>['balances']): Balance[] {
  let next = balances;
  for (const event of events) {
    const index = next.findIndex((each) => each.kind === event.kind && each.campaignId === event.campaignId);
    const known = next[index];
    if (known === undefined) next = [...next, { ...event, campaignTitle: null, campaignStatus: null }];
    else if (event.version > known.version) next = next.with(index, { ...known, ...event });
  }
  return next;
}

function applyToClips(clips: Summary['clips'], events: Payload<'earnings.changed'>['clips']): Summary['clips'] {
  const after = new Map(applyEarnings(applyViews(clips, events), events).map((row) => [row.clipId, row]));
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

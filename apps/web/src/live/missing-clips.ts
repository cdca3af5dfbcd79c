import type { ClipList } from '#src/client/outputs.ts';
import type { Payload } from '#src/live/page-event.ts';

/**
 * Whether the list of a campaign's clips should be fetched again because of what an event does not say: a clip that the
 * list should have and has not (it was approved just now), or new views of a shown clip that the event had no room for.
 * Where only the first of many are shown, a clip that is not among them is nothing new: ranks are looked at now and then.
 */
export function lacksClips(
  list: Pick<ClipList, 'items' | 'total'>,
  event: Pick<Payload<'campaign.changed'>, 'clips' | 'truncated'>,
): boolean {
  const shown = new Set(list.items.map((row) => row.clipId));
  const told = new Set(event.clips.map((clip) => clip.clipId));
  const isWhole = shown.size >= list.total;
  if (isWhole && event.clips.some((clip) => !shown.has(clip.clipId))) return true;
  return event.truncated === true && list.items.some((row) => !told.has(row.clipId));
}

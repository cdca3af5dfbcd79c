import type { ClipPage } from '#src/client/outputs.ts';
import { applyEarnings, applyViews } from '#src/live/clip-rows.ts';
import type { Payload } from '#src/live/page-event.ts';

type Views = Payload<'campaign.changed'>['clips'];
type Earnings = Payload<'clip.earned'>['clips'];

/** A clip's page after new views and earnings; each has a version of its own. The same object if nothing was newer. */
export function applyToClipPage(
  page: ClipPage,
  { views = [], earnings = [] }: { views?: Views; earnings?: Earnings },
): ClipPage {
  const [row] = applyEarnings(applyViews([page.clip], views), earnings);
  if (row === undefined || row === page.clip) return page;
  return { ...page, clip: { ...page.clip, ...row, rank: page.clip.rank } };
}

import type { ClipRow } from '#src/client/outputs.ts';
import type { Payload } from '#src/live/page-event.ts';

/**
 * A row as the page keeps it. Views and earnings of one clip arrive in different events, in either order, so each has
 * the version it was last set from: a later read without a credit must not make an earlier credit look old.
 */
export type LiveClip = ClipRow & { earningsVersion?: number };

type Views = Payload<'campaign.changed'>['clips'][number];
type Earnings = Payload<'clip.earned'>['clips'][number];

/** Rows after new views, ranked by growth among themselves. The same array if nothing was newer. */
export function applyViews(rows: LiveClip[], views: Views[]): LiveClip[] {
  const changed = applyById(rows, views, (row, event) =>
    event.version <= row.version
      ? row
      : {
          ...row,
          // The snapshot's earnings are as old as its version, whatever the views do from here.
          earningsVersion: row.earningsVersion ?? row.version,
          version: event.version,
          views: event.views,
          grewAt: event.views > row.views ? (event.readAt ?? row.grewAt) : row.grewAt,
          lastReadAt: event.readAt,
        },
  );
  return changed === rows ? rows : ranked(changed);
}

/** Rows after new earnings: the viewer's own, or for admins anybody's. The same array if nothing was newer. */
export function applyEarnings(rows: LiveClip[], earnings: Earnings[]): LiveClip[] {
  return applyById(rows, earnings, (row, event) =>
    event.version <= (row.earningsVersion ?? row.version)
      ? row
      : { ...row, earningsVersion: event.version, earnings: event.earnings, credited: event.credited },
  );
}

function applyById<Event extends { clipId: string }>(
  rows: LiveClip[],
  events: Event[],
  apply: (row: LiveClip, event: Event) => LiveClip,
): LiveClip[] {
  const byClip = new Map(events.map((event) => [event.clipId, event]));
  let changed = false;
  const next = rows.map((row) => {
    const event = byClip.get(row.clipId);
    const after = event === undefined ? row : apply(row, event);
    changed ||= after !== row;
    return after;
  });
  return changed ? next : rows;
}

/** Growth since approval; a clip that still waits for its baseline has none. */
export function growthOf(row: Pick<ClipRow, 'views' | 'initialViews'>): number {
  return row.initialViews === null ? -1 : Math.max(0, row.views - row.initialViews);
}

/** Most growth first, ties by id: the order in which the server ranks. */
function ranked(rows: LiveClip[]): LiveClip[] {
  const first = Math.min(...rows.map((row) => row.rank));
  return [...rows]
    .sort((a, b) => growthOf(b) - growthOf(a) || (a.clipId < b.clipId ? -1 : 1))
    .map((row, index) => (row.rank === first + index ? row : { ...row, rank: first + index }));
}

import { compareCursors, parseCursor } from '@clipmeter/realtime/cursor';

/**
 * Where a page that was fed by several queries begins to follow: at the oldest of their snapshots. What some of them
 * have already is dropped by version. Undefined while a query has not answered.
 */
export function oldestCursor(cursors: (string | undefined)[]): string | undefined {
  const parsed = cursors.map((text) => (text === undefined ? null : parseCursor(text)));
  if (parsed.length === 0) return undefined;
  return (
    parsed.reduce((oldest, cursor) => {
      if (oldest === null || cursor === null) return null;
      return compareCursors(cursor, oldest) < 0 ? cursor : oldest;
    }) ?? undefined
  );
}

/** A row of a queue as it is shown. */
export interface QueueRow<Item> {
  readonly item: Item;
  /** It is in this queue no more, and shown until the reader looks away. */
  readonly isGone: boolean;
}

/**
 * A queue that is worked through. While the reader is at it (`held`), rows keep their places: what left it stays as gone,
 * what came waits. Otherwise it is what is true. Rows in `done` were decided by the reader and go at once.
 */
export function heldQueue<Item>(
  shown: readonly QueueRow<Item>[],
  fresh: readonly Item[],
  idOf: (item: Item) => string,
  { held, done }: { held: boolean; done: ReadonlySet<string> },
): { rows: readonly QueueRow<Item>[]; waiting: number } {
  const open = fresh.filter((item) => !done.has(idOf(item)));
  if (!held || shown.length === 0) return { rows: open.map((item) => ({ item, isGone: false })), waiting: 0 };
  const byId = new Map(open.map((item) => [idOf(item), item]));
  const rows = shown.flatMap(({ item }) => {
    if (done.has(idOf(item))) return [];
    const now = byId.get(idOf(item));
    return [now === undefined ? { item, isGone: true } : { item: now, isGone: false }];
  });
  // What a further page brought stands behind the rows that are shown, and is no news.
  const known = new Set(rows.map(({ item }) => idOf(item)));
  const lastKnown = open.findLastIndex((item) => known.has(idOf(item)));
  const older = lastKnown < 0 ? [] : open.slice(lastKnown + 1);
  return {
    rows: [...rows, ...older.map((item) => ({ item, isGone: false }))],
    waiting: open.filter((item) => !known.has(idOf(item))).length - older.length,
  };
}

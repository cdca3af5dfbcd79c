'use client';

import { type RefObject, useState } from 'react';
import { useIsHeld } from '#src/campaign/use-held-order.ts';
import { heldQueue, type QueueRow } from '#src/live/held-queue.ts';

interface HeldQueueOptions<Item> {
  list: RefObject<HTMLElement | null>;
  idOf: (item: Item) => string;
  /** Rows are chosen, or one is open: the reader is at it without pointing at it. */
  isBusy: boolean;
  done: ReadonlySet<string>;
}

/** The rows of a queue as they are shown; what came meanwhile waits until `release`. */
export function useHeldQueue<Item>(
  fresh: readonly Item[],
  { list, idOf, isBusy, done }: HeldQueueOptions<Item>,
): { rows: readonly QueueRow<Item>[]; waiting: number; release: () => void } {
  const held = useIsHeld(list) || isBusy;
  const [seen, setSeen] = useState<{ fresh: readonly Item[]; rows: readonly QueueRow<Item>[] }>({
    fresh: [],
    rows: [],
  });
  const { rows, waiting } = heldQueue(seen.rows, fresh, idOf, { held, done });
  const isSame =
    rows.length === seen.rows.length &&
    rows.every((row, i) => row.item === seen.rows[i]?.item && row.isGone === seen.rows[i]?.isGone);
  if (!isSame) setSeen({ fresh, rows });
  return { rows, waiting, release: () => setSeen({ fresh: [], rows: [] }) };
}

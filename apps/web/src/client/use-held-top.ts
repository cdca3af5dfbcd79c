'use client';

import { type RefObject, useState } from 'react';
import { useIsHeld } from '#src/campaign/use-held-order.ts';
import { heldTop } from '#src/live/held-top.ts';

/** A live list, newest first: what comes while the reader points at it, focuses or has scrolled it waits until `release`. */
export function useHeldTop<Item extends { id: string }>(items: readonly Item[], list: RefObject<HTMLElement | null>) {
  const held = useIsHeld(list);
  const [top, setTop] = useState(items[0]?.id);
  const waiting = heldTop(
    items.map(({ id }) => id),
    top,
    held,
  );
  const first = items[0]?.id;
  if (waiting === 0 && top !== first) setTop(first);
  return { shown: items.slice(waiting), waiting, release: () => setTop(first) };
}

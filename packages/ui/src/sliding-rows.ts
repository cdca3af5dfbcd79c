'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Rows glide from where they stood to where they stand when their order changes (the FLIP technique on the Web
 * Animations API). `keys` is the order; undefined turns it off. Each row carries its key in `data-row`.
 */
export function useSlidingRows(body: RefObject<HTMLElement | null>, keys: string[] | undefined): void {
  const before = useRef(new Map<string, number>());
  const order = keys?.join(' ');

  useLayoutEffect(() => {
    if (body.current === null || order === undefined) return;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const after = new Map<string, number>();
    for (const row of body.current.querySelectorAll<HTMLElement>('[data-row]')) {
      const key = row.getAttribute('data-row') ?? undefined;
      if (key === undefined) continue;
      after.set(key, row.offsetTop);
      const from = before.current.get(key);
      if (still || from === undefined || from === row.offsetTop) continue;
      row.animate([{ transform: `translateY(${from - row.offsetTop}px)` }, { transform: 'none' }], {
        duration: 320,
        easing: 'cubic-bezier(0.22, 1, 0.36, 1)',
      });
    }
    before.current = after;
  }, [order]);
}

'use client';

import { type RefObject, useEffect, useState } from 'react';
import { heldOrder } from '#src/live/held-order.ts';

/**
 * The order of a live list. It waits while a mouse is over the list, focus is in it, or its top was scrolled away:
 * nothing jumps under the pointer. `release` takes the true order at once.
 */
export function useHeldOrder(wanted: string[], list: RefObject<HTMLElement | null>) {
  const held = useIsHeld(list);
  const [shown, setShown] = useState(wanted);
  const { order, waiting } = heldOrder(shown, wanted, held);
  if (order.length !== shown.length || order.some((id, index) => id !== shown[index])) setShown(order);
  return { order, waiting, release: () => setShown(wanted) };
}

/** Whether the reader holds a list: points at it, is in it, or has scrolled its top away. */
export function useIsHeld(list: RefObject<HTMLElement | null>): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const look = () => {
      const scrolledAway = element.getBoundingClientRect().top < 0;
      // A finger that lifted still matches :hover; only a real pointer holds the list.
      const hovered = window.matchMedia('(hover: hover)').matches && element.matches(':hover');
      setHeld(scrolledAway || hovered || element.matches(':focus-within'));
    };
    const later = () => requestAnimationFrame(look);
    element.addEventListener('pointerenter', look);
    element.addEventListener('pointerleave', look);
    element.addEventListener('focusin', look);
    element.addEventListener('focusout', later);
    window.addEventListener('scroll', look, { passive: true });
    return () => {
      element.removeEventListener('pointerenter', look);
      element.removeEventListener('pointerleave', look);
      element.removeEventListener('focusin', look);
      element.removeEventListener('focusout', later);
      window.removeEventListener('scroll', look);
    };
  }, [list]);
  return held;
}

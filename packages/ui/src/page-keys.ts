'use client';

import { useEffect, useEffectEvent } from 'react';

/** What a key does on this page: "j", "J" (with shift), "Enter", "?". False: it was not for this page after all. */
export type PageKeys = Readonly<Record<string, () => unknown>>;

/**
 * Keys of a page without a modifier. They are left alone while one types, while a dialog is open, and on buttons and
 * links, which have their own Enter and space.
 */
export function usePageKeys(keys: PageKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (document.querySelector('[role="dialog"], [role="menu"]') === null) pressKey(keys, event);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

interface KeyPress
  extends Pick<KeyboardEvent, 'key' | 'target' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented'> {
  preventDefault(): void;
}

/** Does what a key is there for, unless it is meant for something that one types into or presses. */
export function pressKey(keys: PageKeys, event: KeyPress): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || ((event.key === 'Enter' || event.key === ' ') && isControl(event.target))) return;
  const act = keys[event.key];
  if (act !== undefined && act() !== false) event.preventDefault();
}

const TYPED_INTO = 'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"])';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(TYPED_INTO);
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, summary') !== null;
}

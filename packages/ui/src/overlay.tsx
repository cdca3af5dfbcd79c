'use client';

import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

interface OverlayProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What a screen reader calls it. */
  title: string;
  children: ReactNode;
}

/** A panel over the page without a frame of its own: the command palette. It takes the whole width of a phone. */
export function Overlay({ open, onOpenChange, title, children }: OverlayProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Primitive.Content
          aria-describedby={undefined}
          className="sheet-in fixed inset-x-2 top-2 z-50 max-h-[calc(100dvh-1rem)] overflow-hidden rounded-xl border bg-surface shadow-black/10 shadow-xl sm:inset-x-auto sm:top-[12dvh] sm:left-1/2 sm:max-h-[70dvh] sm:w-[36rem] sm:-translate-x-1/2"
        >
          <Primitive.Title className="sr-only">{title}</Primitive.Title>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

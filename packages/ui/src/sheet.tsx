'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { type PageKeys, pressKey } from '#src/page-keys.ts';

interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What it is about, in a line. */
  description: ReactNode;
  children: ReactNode;
  /** The buttons, always in reach at the lower edge; the primary one last. */
  actions?: ReactNode;
  /** Keys that work while it is open, and nothing is open over it. */
  keys?: PageKeys;
}

const NO_KEYS: PageKeys = {};

/** One thing in full beside the list it is in: at the right of a desk, over the page on a phone. Esc closes. */
export function Sheet({ open, onOpenChange, title, description, children, actions, keys = NO_KEYS }: SheetProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Primitive.Content
          onKeyDown={(event) => {
            // What is open over it is its child for React, and not for the reader.
            if (event.target instanceof Node && event.currentTarget.contains(event.target)) pressKey(keys, event);
          }}
          className="sheet-in fixed inset-x-0 top-10 bottom-0 z-50 flex flex-col rounded-t-xl border bg-surface sm:top-0 sm:left-auto sm:w-[30rem] sm:rounded-none sm:border-y-0 sm:border-r-0"
        >
          <header className="flex items-start justify-between gap-3 border-b px-5 py-4">
            <div className="min-w-0">
              <Primitive.Title className="line-clamp-2 font-semibold text-base">{title}</Primitive.Title>
              <Primitive.Description asChild>
                <div className="mt-0.5 text-muted text-sm">{description}</div>
              </Primitive.Description>
            </div>
            <Primitive.Close
              aria-label="Close"
              className="-mt-1.5 -mr-2 grid size-9 shrink-0 place-items-center rounded-md text-faint hover:bg-sunken hover:text-ink pointer-coarse:size-11"
            >
              <X aria-hidden className="size-4" />
            </Primitive.Close>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
          <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-5 py-4 outline-none">
            {children}
          </div>
          {actions === undefined ? null : (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] max-sm:*:flex-1">
              {actions}
            </footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

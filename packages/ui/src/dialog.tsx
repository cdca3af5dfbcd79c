'use client';

import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, useRef } from 'react';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen and what cannot be undone. */
  description: ReactNode;
  children?: ReactNode;
  /** The buttons; the primary one last. */
  actions: ReactNode;
}

/** A dialog at a desk, a sheet at the lower edge of a phone. Esc closes; focus goes back to where it was. */
export function Dialog({ open, onOpenChange, title, description, children, actions }: DialogProps) {
  const opener = useRef<Element | null>(null);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Primitive.Content
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          // It has no trigger of its own that focus would go back to.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            openerStill(opener.current)?.focus();
          }}
          className="sheet-in fixed inset-x-0 bottom-0 z-50 max-h-[85dvh] overflow-y-auto rounded-t-xl border bg-surface p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] sm:inset-x-auto sm:top-1/4 sm:bottom-auto sm:left-1/2 sm:w-[28rem] sm:-translate-x-1/2 sm:rounded-xl sm:pb-5"
        >
          <Primitive.Title className="font-semibold text-base">{title}</Primitive.Title>
          <Primitive.Description asChild>
            <div className="mt-2 text-muted text-sm">{description}</div>
          </Primitive.Description>
          {children}
          <div className="mt-5 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{actions}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Where the focus was; an item of a menu is gone by now, and the button that opened the menu stands for it. */
function openerStill(opener: Element | null): HTMLElement | null {
  if (opener instanceof HTMLElement && opener.isConnected) return opener;
  const labelledBy = opener?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  return labelledBy == null ? null : document.getElementById(labelledBy);
}

'use client';

import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import type { ReactNode } from 'react';

export interface ToastMessage {
  id: string;
  title: string;
  body: string;
  /** The page it is about, as a link of the app. */
  action?: ReactNode;
}

const SHOWN_MS = 8_000;

/** What has just happened, at the edge of the page and read aloud; each goes by itself, by a swipe or by its button. */
export function Toasts({ messages, onClose }: { messages: ToastMessage[]; onClose: (id: string) => void }) {
  return (
    <Toast.Provider duration={SHOWN_MS} swipeDirection="right">
      {messages.map((message) => (
        <Toast.Root
          key={message.id}
          onOpenChange={(open) => (open ? undefined : onClose(message.id))}
          className="sheet-in flex items-start gap-3 rounded-lg border bg-surface p-4 pr-2 shadow-black/5 shadow-lg"
        >
          <div className="min-w-0 flex-1">
            <Toast.Title className="font-medium text-sm">{message.title}</Toast.Title>
            <Toast.Description className="mt-0.5 text-muted text-sm">{message.body}</Toast.Description>
            {message.action === undefined ? null : <div className="mt-2 text-sm">{message.action}</div>}
          </div>
          <Toast.Close
            aria-label="Dismiss"
            className="grid size-9 shrink-0 place-items-center rounded-md text-faint hover:bg-sunken hover:text-ink pointer-coarse:size-11"
          >
            <X aria-hidden className="size-4" />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed inset-x-4 bottom-20 z-40 flex flex-col gap-2 outline-none sm:right-6 sm:left-auto sm:w-96 lg:bottom-6" />
    </Toast.Provider>
  );
}

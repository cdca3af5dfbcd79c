'use client';

import { Button } from '@clipmeter/ui/button';
import { Dialog } from '@clipmeter/ui/dialog';

const KEYS: readonly (readonly [keys: string, act: string])[] = [
  ['j  k', 'Next, previous clip'],
  ['J  K', 'The same, and select on the way'],
  ['x', 'Select or let go'],
  ['Enter', 'Open the clip'],
  ['a', 'Approve: the selection, or the clip you are on'],
  ['r', 'Reject them, with a reason'],
  ['Esc', 'Close, or let the selection go'],
  ['?', 'This list'],
];

/** The keys of the review page. */
export function KeyList({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Keys"
      description="With Shift held, a click selects everything from the last clip you touched."
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2 text-sm">
        {KEYS.map(([keys, act]) => (
          <div key={keys} className="contents">
            <dt className="flex gap-1">
              {keys.split('  ').map((key) => (
                <kbd key={key} className="min-w-6 rounded border bg-sunken px-1.5 py-0.5 text-center font-mono text-xs">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-muted">{act}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

import { Button } from '@clipmeter/ui/button';
import { numberText } from '@clipmeter/ui/number-text';
import { Check, X } from 'lucide-react';

interface SelectionBarProps {
  count: number;
  views: number;
  pending: boolean;
  /** Null: what is chosen cannot be approved here. */
  onApprove: (() => void) | null;
  onReject: (() => void) | null;
  onClear: () => void;
}

/** What is chosen, its count and its sum, and what can be done with all of it. In reach of a thumb, above the tabs. */
export function SelectionBar({ count, views, pending, onApprove, onReject, onClear }: SelectionBarProps) {
  return (
    <section
      aria-label="Selection"
      className="sheet-in sticky bottom-20 z-20 mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border bg-surface px-4 py-2.5 shadow-black/10 shadow-lg lg:bottom-4"
    >
      <p aria-live="polite" className="mr-auto text-sm">
        <span className="font-medium">{numberText(count, 'count')} selected</span>
        <span className="text-muted"> · {numberText(views, 'count')} views</span>
      </p>
      <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:flex-1">
        <Button tone="quiet" onClick={onClear}>
          Clear
        </Button>
        {onReject === null ? null : (
          <Button onClick={onReject} disabled={pending}>
            <X aria-hidden className="size-4" />
            Reject {count}
          </Button>
        )}
        {onApprove === null ? null : (
          <Button tone="primary" onClick={onApprove} pending={pending}>
            <Check aria-hidden className="size-4" />
            Approve {count}
          </Button>
        )}
      </div>
    </section>
  );
}

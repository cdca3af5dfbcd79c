'use client';

import { Button } from '@clipmeter/ui/button';
import { Dialog } from '@clipmeter/ui/dialog';
import { TextArea } from '@clipmeter/ui/text-area';
import { useState } from 'react';
import { REJECT_REASONS } from '#src/review/reject-reasons.ts';

interface RejectDialogProps {
  /** How many are rejected, and what they are called: "“take 1”", "3 clips". */
  count: number;
  name: string;
  pending: boolean;
  error: string | null;
  onReject: (reason: string) => void;
  onClose: () => void;
}

const OWN = 'own';

/** Asks for the reason, which the clipper reads: one of those said most often, or one's own words. */
export function RejectDialog({ count, name, pending, error, onReject, onClose }: RejectDialogProps) {
  const [chosen, setChosen] = useState<string>(REJECT_REASONS[0] ?? OWN);
  const [own, setOwn] = useState('');
  const reason = chosen === OWN ? own.trim() : chosen;
  const submit = () => {
    if (reason !== '' && !pending) onReject(reason);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Reject ${name}`}
      description={`${count === 1 ? 'Its clipper reads the reason and may' : 'Their clippers read the reason and may'} submit the video again.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="danger" pending={pending} disabled={reason === ''} onClick={submit}>
            {count === 1 ? 'Reject clip' : `Reject ${count} clips`}
          </Button>
        </>
      }
    >
      <form
        className="mt-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset>
          <legend className="mb-1 font-medium text-sm">Reason</legend>
          {[...REJECT_REASONS, OWN].map((each) => (
            <label key={each} className="flex min-h-9 items-center gap-2.5 text-sm pointer-coarse:min-h-11">
              <input
                type="radio"
                name="reason"
                value={each}
                checked={chosen === each}
                onChange={() => setChosen(each)}
                className="size-4 shrink-0 accent-accent"
              />
              {each === OWN ? 'In my own words' : each}
            </label>
          ))}
        </fieldset>
        {chosen === OWN ? (
          <div className="mt-2">
            <TextArea
              label="What the clipper reads"
              value={own}
              maxLength={500}
              onChange={(event) => setOwn(event.target.value)}
            />
          </div>
        ) : null}
        <button type="submit" className="sr-only" tabIndex={-1} aria-hidden>
          Reject
        </button>
      </form>
      {error === null ? null : (
        <p role="alert" className="mt-3 text-bad text-sm">
          {error}
        </p>
      )}
    </Dialog>
  );
}

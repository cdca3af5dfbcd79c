'use client';

import { numberText } from '@clipmeter/ui/number-text';
import { dayText } from '@clipmeter/ui/time-text';
import { ActDialog } from '#src/campaign/acts/act-dialog.tsx';
import { decimal } from '#src/format/decimal.ts';

interface PublishDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  offer: { title: string; budget: string; startsAt: string | null; deadline: string | null };
  pending: boolean;
  error: string | undefined;
  onConfirm: () => void;
}

/** Whether publishing now means that it starts later. */
function startsLater({ startsAt }: { startsAt: string | null }): boolean {
  return startsAt !== null && new Date(startsAt).getTime() > Date.now();
}

/** What the act is called, on its button too. */
export function publishWords(offer: { startsAt: string | null }): string {
  return startsLater(offer) ? 'Schedule campaign' : 'Publish campaign';
}

/** Publishing is a promise: what of it can be changed afterwards, and what cannot. */
export function PublishDialog({ open, onOpenChange, offer, pending, error, onConfirm }: PublishDialogProps) {
  if (!open) return null;
  const isLater = startsLater(offer);
  const ends = offer.deadline === null ? '' : ` on ${dayText(new Date(offer.deadline))}, or`;
  return (
    <ActDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`${isLater ? 'Schedule' : 'Publish'} ${offer.title.trim()}`}
      description={
        <>
          <p>
            {isLater && offer.startsAt !== null
              ? `Clippers see it as upcoming at once; it takes clips from ${dayText(new Date(offer.startsAt))} on.`
              : 'Clippers see it at once and may submit clips.'}{' '}
            It ends{ends} when its budget is reached.
          </p>
          <p>
            Nothing is pending yet. From then on its budget of {numberText(decimal(offer.budget), 'usd')} can only be
            raised; what clips earn stays theirs.
          </p>
        </>
      }
      confirm={publishWords(offer)}
      keep="Not yet"
      pending={pending}
      error={error}
      onConfirm={onConfirm}
    />
  );
}

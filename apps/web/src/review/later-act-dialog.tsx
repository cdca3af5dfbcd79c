'use client';

import { parseMicros } from '@clipmeter/core/money';
import { MoneyField } from '@clipmeter/ui/amount-field';
import { Button } from '@clipmeter/ui/button';
import { Dialog } from '@clipmeter/ui/dialog';
import { numberText } from '@clipmeter/ui/number-text';
import { TextArea } from '@clipmeter/ui/text-area';
import { type ReactNode, useState } from 'react';
import type { ReviewedSubmission } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { amountOf } from '#src/format/amount.ts';
import { decimal } from '#src/format/decimal.ts';

/** What can be done to a clip that was approved once. */
export type LaterAct = 'revoke' | 'release' | 'reverse';

interface LaterActDialogProps {
  act: LaterAct;
  data: ReviewedSubmission;
  onClose: () => void;
}

/** Each asks once, says first what happens to the money, and wants a reason. */
export function LaterActDialog({ act, data, onClose }: LaterActDialogProps) {
  const utils = trpc.useUtils();
  const [reason, setReason] = useState('');
  const [amount, setAmount] = useState(data.reversible.replace(/\.?0+$/, ''));
  const [reversalId] = useState(() => crypto.randomUUID());
  const done = {
    onSuccess: async () => {
      await utils.review.invalidate();
      onClose();
    },
  };
  const revoke = trpc.review.revoke.useMutation(done);
  const release = trpc.submissions.releaseHold.useMutation(done);
  const reverse = trpc.review.reverse.useMutation(done);
  const id = data.item.submissionId;
  const amountMicros = amountOf(amount);
  const isTooMuch = amountMicros !== null && amountMicros > parseMicros(data.reversible);
  const isMoney = amountMicros !== null && !isTooMuch;
  const acts: Record<LaterAct, { title: string; description: ReactNode; button: string; run: () => void }> = {
    revoke: {
      title: 'Revoke the approval',
      description: (
        <>
          The clip earns no more from now on, and that cannot be undone. The {numberText(decimal(data.earned), 'usd')}{' '}
          it has earned stay with {data.item.clipper.name}; taking them back is a step of its own. The video may be
          submitted again.
        </>
      ),
      button: 'Revoke approval',
      run: () => revoke.mutate({ id, reason }),
    },
    release: {
      title: 'Release the hold',
      description:
        'The author that was read is accepted for this clip from now on. What it grew meanwhile counts at its next read.',
      button: 'Release hold',
      run: () => release.mutate({ id, reason }),
    },
    reverse: {
      title: 'Take back earnings',
      description: (
        <>
          {data.reversalTo === 'budget'
            ? 'It goes from the clipper’s pending back into the budget of the campaign.'
            : 'It goes out of what the clipper has available. What is in a payout or was paid stays.'}{' '}
          At most {numberText(decimal(data.reversible), 'usd')} can be taken back now, and this cannot be undone.
        </>
      ),
      button: isMoney ? `Take back ${numberText(decimal(amount), 'usd')}` : 'Take back',
      run: () => reverse.mutate({ id, reversalId, amount, reason }),
    },
  };
  const { title, description, button, run } = acts[act];
  const mutation = { revoke, release, reverse }[act];
  const isReady = reason.trim() !== '' && (act !== 'reverse' || isMoney) && !data.isBusy;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone={act === 'release' ? 'primary' : 'danger'}
            pending={mutation.isPending}
            disabled={!isReady}
            onClick={run}
          >
            {button}
          </Button>
        </>
      }
    >
      <div className="mt-4 flex flex-col gap-4">
        {act === 'reverse' ? (
          <MoneyField
            label="Amount"
            value={amount}
            onChange={setAmount}
            error={isTooMuch ? `At most ${numberText(decimal(data.reversible), 'usd')} can be taken back.` : undefined}
          />
        ) : null}
        <TextArea
          label={act === 'release' ? 'Why it may count' : 'Reason'}
          hint={act === 'release' ? 'Kept with the decision.' : 'The clipper reads it.'}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
        {data.isBusy ? (
          <p className="text-muted text-sm">
            Its campaign is closing or releasing what was earned. Try again in a few minutes.
          </p>
        ) : null}
        {mutation.error === null ? null : (
          <p role="alert" className="text-bad text-sm">
            {mutation.error.message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

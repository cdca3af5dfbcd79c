'use client';

import { viewsForOffer } from '@clipmeter/core/campaign-offer';
import { addMicros, formatUsd, parseMicros } from '@clipmeter/core/money';
import { MoneyField } from '@clipmeter/ui/amount-field';
import { numberText } from '@clipmeter/ui/number-text';
import { useState } from 'react';
import { ActDialog } from '#src/campaign/acts/act-dialog.tsx';
import type { CampaignCard } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { amountOf } from '#src/format/amount.ts';

interface TopUpDialogProps {
  campaign: CampaignCard;
  onClose: () => void;
}

/** Adds money to a budget. It is mounted anew each time it opens: so a repeat of one press moves the money once. */
export function TopUpDialog({ campaign, onClose }: TopUpDialogProps) {
  const [amount, setAmount] = useState('');
  const [fundingId] = useState(() => crypto.randomUUID());
  const utils = trpc.useUtils();
  const topUp = trpc.campaigns.topUp.useMutation({
    onSuccess: async () => {
      onClose();
      await utils.campaigns.byId.invalidate({ id: campaign.id });
    },
  });
  const amountMicros = amountOf(amount);
  const views =
    amountMicros === null
      ? null
      : viewsForOffer({
          budgetMicros: amountMicros,
          rateMicros: parseMicros(campaign.ratePer1000),
          rates: campaign.rates.map(({ platform, ratePer1000 }) => ({
            platform,
            rateMicros: parseMicros(ratePer1000),
          })),
          platforms: campaign.platforms,
        });
  const budget = parseMicros(campaign.budget);
  return (
    <ActDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Top up ${campaign.title}`}
      description={
        <p>
          Pending money stays as it is. The amount is added to the budget of {formatUsd(budget)} at once; what is left
          of it goes back when the campaign ends.
        </p>
      }
      confirm={amountMicros === null ? 'Top up' : `Top up by ${formatUsd(amountMicros)}`}
      keep="Leave the budget"
      blocked={amountMicros === null ? 'Enter an amount above zero, such as 500 or 12.50.' : undefined}
      pending={topUp.isPending}
      error={topUp.error?.message}
      onConfirm={() => topUp.mutate({ id: campaign.id, amount, fundingId })}
    >
      <form
        className="mt-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (amountMicros !== null && !topUp.isPending) topUp.mutate({ id: campaign.id, amount, fundingId });
        }}
      >
        <MoneyField
          label="Amount"
          value={amount}
          onChange={setAmount}
          hint={
            amountMicros === null || views === null
              ? undefined
              : `The budget becomes ${formatUsd(addMicros(budget, amountMicros))}: ${numberText(Number(views.atLeast), 'count')} more views at today’s rates.`
          }
        />
      </form>
    </ActDialog>
  );
}

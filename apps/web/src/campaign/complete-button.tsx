'use client';

import { campaignCan } from '@clipmeter/core/campaign-state';
import { Button } from '@clipmeter/ui/button';
import { Dialog } from '@clipmeter/ui/dialog';
import { numberText } from '@clipmeter/ui/number-text';
import { useState } from 'react';
import type { CampaignCard } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { decimal } from '#src/format/decimal.ts';

/** Ends a campaign: cannot be undone, so it asks once and says what follows. */
export function CompleteButton({ campaign }: { campaign: CampaignCard }) {
  const [open, setOpen] = useState(false);
  const utils = trpc.useUtils();
  const complete = trpc.campaigns.complete.useMutation({
    onSuccess: async () => {
      setOpen(false);
      await utils.campaigns.byId.invalidate({ id: campaign.id });
    },
  });
  if (!campaignCan.complete(campaign)) return null;
  if (campaign.closing) return <p className="text-muted text-sm">It is closing; this takes up to ten minutes.</p>;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Complete campaign</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Complete ${campaign.title}`}
        description={
          <>
            Its clips are read once more and paid for what they grew. Then it ends for good: what its clippers earned
            becomes available to them, and what is left of the budget, {numberText(decimal(campaign.left), 'usd')}{' '}
            before that last read, goes back.
          </>
        }
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep it running</Button>
            <Button tone="danger" pending={complete.isPending} onClick={() => complete.mutate({ id: campaign.id })}>
              Complete campaign
            </Button>
          </>
        }
      >
        {complete.error === null ? null : (
          <p role="alert" className="mt-3 text-bad text-sm">
            {complete.error.message}
          </p>
        )}
      </Dialog>
    </>
  );
}

'use client';

import { platformName } from '@clipmeter/core/platform';
import { Button } from '@clipmeter/ui/button';
import { Dialog } from '@clipmeter/ui/dialog';
import type { SocialAccountRow } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';

interface RemoveAccountDialogProps {
  account: SocialAccountRow;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRemoved: (account: SocialAccountRow) => void;
}

/** What is proved is asked about once: to have it back it must be proved again. */
export function RemoveAccountDialog({ account, open, onOpenChange, onRemoved }: RemoveAccountDialogProps) {
  const remove = trpc.socialAccounts.remove.useMutation({
    onSuccess: (removed) => {
      onOpenChange(false);
      onRemoved(removed);
    },
  });
  const change = (next: boolean) => {
    if (!next) remove.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={`Remove @${account.handle} on ${platformName(account.platform)}?`}
      description={
        account.verifiedAt === null
          ? 'Its code is good for nothing then. You may add it again.'
          : 'What its clips earned stays yours. New clips from it do not count, and somebody else may verify it; to have it back you verify it again.'
      }
      actions={
        <>
          <Button onClick={() => change(false)}>Keep it</Button>
          <Button tone="danger" pending={remove.isPending} onClick={() => remove.mutate({ id: account.accountId })}>
            Remove account
          </Button>
        </>
      }
    >
      {remove.error === null ? null : (
        <p role="alert" className="mt-3 text-bad text-sm">
          {remove.error.message}
        </p>
      )}
    </Dialog>
  );
}

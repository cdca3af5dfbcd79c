'use client';

import { Button } from '@clipmeter/ui/button';
import { Dialog } from '@clipmeter/ui/dialog';
import { useState } from 'react';
import type { MySubmission } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';

/** Takes a submission back, once one has said that one means it. */
export function WithdrawButton({ submission }: { submission: MySubmission }) {
  const [open, setOpen] = useState(false);
  const utils = trpc.useUtils();
  const withdraw = trpc.mySubmissions.withdraw.useMutation({
    onSuccess: () => {
      setOpen(false);
      void utils.mySubmissions.invalidate();
    },
  });
  const name = submission.title === null ? 'this clip' : `“${submission.title}”`;
  return (
    <>
      <Button tone="quiet" onClick={() => setOpen(true)} aria-label={`Withdraw ${name}`}>
        Withdraw
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Withdraw ${name}?`}
        description={`It leaves the review of ${submission.campaignTitle}. Nothing was earned with it yet, and you may submit the video again, here or elsewhere.`}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button
              tone="danger"
              pending={withdraw.isPending}
              onClick={() => withdraw.mutate({ id: submission.submissionId })}
            >
              Withdraw the clip
            </Button>
          </>
        }
      >
        {withdraw.error === null ? null : (
          <p role="alert" className="mt-3 text-bad text-sm">
            {withdraw.error.message}
          </p>
        )}
      </Dialog>
    </>
  );
}

'use client';

import { Button } from '@clipmeter/ui/button';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { SubmitDialog } from '#src/submit/submit-dialog.tsx';

/** Opens the dialog that submits a clip, to this campaign if one is given. */
export function SubmitButton({ campaignId = null, className }: { campaignId?: string | null; className?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button tone="primary" onClick={() => setOpen(true)} className={className}>
        <Plus aria-hidden className="size-4" />
        Submit a clip
      </Button>
      {open ? <SubmitDialog campaignId={campaignId} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

'use client';

import { Notice } from '@clipmeter/ui/notice';
import { CircleAlert } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';

interface ChangedElsewhereProps {
  id: string;
  /** Of the snapshot that filled the fields. */
  cursor: string;
  /** The change that comes is this page's own. */
  isSaving: boolean;
}

/** Says that somebody else changed the campaign while its fields were open here. */
export function ChangedElsewhere({ id, cursor, isSaving }: ChangedElsewhereProps) {
  const [isChanged, setChanged] = useState(false);
  trpc.live.campaigns.useSubscription(
    { ids: [id], lastEventId: cursor },
    liveOptions({
      onEvent: (event) => {
        if (event.type === 'campaign.edited' && !isSaving) setChanged(true);
      },
      onReset: () => undefined,
    }),
  );
  if (!isChanged) return null;
  return (
    <Notice tone="warn" icon={CircleAlert} className="mb-5">
      Another admin has changed this campaign since you opened it. Saving changes only the fields that you change; what
      they changed is on{' '}
      <Link href={`/campaigns/${id}`} className="underline">
        its page
      </Link>
      .
    </Notice>
  );
}

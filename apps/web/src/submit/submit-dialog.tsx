'use client';

import { platformName } from '@clipmeter/core/platform';
import { Button } from '@clipmeter/ui/button';
import { buttonClass } from '@clipmeter/ui/button-class';
import { Dialog } from '@clipmeter/ui/dialog';
import { FieldShell, inputClass } from '@clipmeter/ui/field-shell';
import Link from 'next/link';
import { useState } from 'react';
import { trpc } from '#src/client/trpc.ts';
import { rateText } from '#src/format/rate.ts';
import { LinkField } from '#src/submit/link-field.tsx';
import { SubmitProgress } from '#src/submit/submit-progress.tsx';
import { useSubmitForm } from '#src/submit/use-submit-form.ts';

interface SubmitDialogProps {
  /** The campaign that it is for; null: it is chosen here. */
  campaignId: string | null;
  /** A link to begin with: of a clip that is submitted again. */
  link?: string;
  onClose: () => void;
}

/** Submits a clip and shows what becomes of it: a dialog at a desk, a sheet on a phone. */
export function SubmitDialog(props: SubmitDialogProps) {
  const [submitted, setSubmitted] = useState<string | null>(null);
  return submitted === null ? (
    <SubmitForm {...props} onSubmitted={setSubmitted} />
  ) : (
    <SubmittedDialog id={submitted} onAnother={() => setSubmitted(null)} onClose={props.onClose} />
  );
}

function SubmitForm({
  campaignId: first,
  link = '',
  onClose,
  onSubmitted,
}: SubmitDialogProps & { onSubmitted: (id: string) => void }) {
  const utils = trpc.useUtils();
  // Made once: pressed twice, or sent again after a lost answer, it is one submission.
  const [id] = useState(() => crypto.randomUUID());
  const form = useSubmitForm({ campaignId: first, link });
  const submit = trpc.submissions.submit.useMutation({
    onSuccess: (standing) => {
      void utils.mySubmissions.invalidate();
      void utils.submissions.links.invalidate();
      onSubmitted(standing.id);
    },
  });
  const send = () => {
    if (form.campaignId !== null && form.isReady && !submit.isPending)
      submit.mutate({ id, campaignId: form.campaignId, link: form.text.trim() });
  };
  const { campaigns, accounts } = form.choices.data ?? {};
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Submit a clip"
      description="The video is read at once; then an admin looks at it. Views count from its approval on."
      actions={
        <>
          <span className="text-faint text-sm sm:mr-auto sm:self-center">{whyNot(form)}</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" pending={submit.isPending} disabled={!form.isReady} onClick={send}>
            Submit this clip
          </Button>
        </>
      }
    >
      <form
        className="mt-4 flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <LinkField
          value={form.text}
          onChange={form.setText}
          error={form.refusal}
          hint={
            form.recognised.kind === 'link'
              ? form.recognised.words
              : 'From TikTok, YouTube, Instagram or X; short links too.'
          }
        />
        {form.needsAccount === null ? null : (
          <Link href="/account/social" className={buttonClass('secondary', 'self-start')}>
            Verify your {platformName(form.needsAccount)} account
          </Link>
        )}
        <FieldShell
          label="Campaign"
          hint={
            form.campaign === null
              ? undefined
              : `${form.campaign.platforms.map(platformName).join(', ')} · ${rateText(form.campaign)} per 1,000 views`
          }
          error={campaigns?.length === 0 ? 'No campaign takes clips now.' : undefined}
        >
          {(ties) => (
            <select
              {...ties}
              value={form.campaignId ?? ''}
              onChange={(event) => form.setCampaignId(event.target.value === '' ? null : event.target.value)}
              className={inputClass('appearance-auto')}
            >
              <option value="">Choose a campaign</option>
              {campaigns?.map((campaign) => (
                <option key={campaign.id} value={campaign.id}>
                  {campaign.title} ({campaign.brand})
                </option>
              ))}
            </select>
          )}
        </FieldShell>
        {accounts === undefined || accounts.length === 0 ? null : (
          <p className="text-[0.8125rem] text-faint">
            Your accounts:{' '}
            {accounts.map(({ platform, handle }) => `@${handle} on ${platformName(platform)}`).join(', ')}
          </p>
        )}
      </form>
      {submit.error === null ? null : (
        <p role="alert" className="mt-3 text-bad text-sm">
          {submit.error.message}
        </p>
      )}
    </Dialog>
  );
}

/** Beside a button that cannot be pressed: what is missing. What is wrong stands at the field. */
function whyNot(form: ReturnType<typeof useSubmitForm>): string {
  if (form.isReady || form.refusal !== undefined) return '';
  if (form.recognised.kind === 'empty') return 'Paste a link first.';
  if (form.campaignId === null) return 'Choose a campaign.';
  return form.isChecking ? 'Checking the link…' : '';
}

function SubmittedDialog({ id, onAnother, onClose }: { id: string; onAnother: () => void; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Submitted"
      description="You may close this: it goes on by itself, and you are told what comes of it."
      actions={
        <>
          <Button onClick={onAnother}>Submit another</Button>
          <Button tone="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <SubmitProgress id={id} />
    </Dialog>
  );
}

'use client';

import { Button } from '@clipmeter/ui/button';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { PublishDialog, publishWords } from '#src/campaign/acts/publish-dialog.tsx';
import { CampaignFields } from '#src/campaign-form/campaign-fields.tsx';
import { EMPTY_FORM, inputOf } from '#src/campaign-form/campaign-form.ts';
import { CampaignPreview, viewsSentence } from '#src/campaign-form/campaign-preview.tsx';
import { FormLayout } from '#src/campaign-form/form-layout.tsx';
import { PublishReason } from '#src/campaign-form/publish-reason.tsx';
import { useCampaignForm } from '#src/campaign-form/use-campaign-form.ts';
import { trpc } from '#src/client/trpc.ts';
import { PageHeader } from '#src/frame/page-header.tsx';

/** A campaign from nothing: saved as a draft, or published at once. */
export function NewCampaignScreen() {
  const router = useRouter();
  const utils = trpc.useUtils();
  const { form, change, leave, check, shownErrors, blockers, nowMs } = useCampaignForm(EMPTY_FORM);
  // Made once, so that a second press finds the campaign of the first.
  const [id] = useState(() => crypto.randomUUID());
  const [publishing, setPublishing] = useState(false);
  const create = trpc.campaigns.create.useMutation();
  const publish = trpc.campaigns.publish.useMutation();
  const views = viewsSentence(form);

  async function save(andPublish: boolean) {
    if (!check()) return;
    try {
      await create.mutateAsync({ ...inputOf(form), id });
    } catch {
      setPublishing(false);
      return; // said below the form
    }
    // Refused all the same: it is a draft now, and its page says what it lacks.
    if (andPublish) await publish.mutateAsync({ id }).catch(() => undefined);
    await utils.campaigns.invalidate();
    router.push(`/campaigns/${id}`);
  }

  return (
    <>
      <PageHeader
        over={
          <Link href="/campaigns" className="hover:text-ink hover:underline">
            Campaigns
          </Link>
        }
        title="New campaign"
        figure={views?.views ?? '–'}
        figureLabel={views === null ? 'views that the budget pays for' : `that ${views.sum} pays for`}
      />
      <FormLayout
        label="New campaign"
        onSubmit={() => void save(false)}
        error={create.error?.message}
        fields={
          <CampaignFields
            form={form}
            onChange={change}
            errors={shownErrors}
            onLeave={leave}
            fixed={{ budget: false, start: false }}
          />
        }
        preview={<CampaignPreview form={form} blockers={blockers} nowMs={nowMs} />}
        actions={
          <>
            <Button
              tone="primary"
              disabled={blockers.length > 0}
              onClick={() => {
                if (check()) setPublishing(true);
              }}
            >
              {publishWords(form)}
            </Button>
            <Button type="submit" pending={create.isPending}>
              Save draft
            </Button>
            <PublishReason blockers={blockers} />
          </>
        }
      />
      <PublishDialog
        open={publishing}
        onOpenChange={setPublishing}
        offer={form}
        pending={create.isPending || publish.isPending}
        error={undefined}
        onConfirm={() => void save(true)}
      />
    </>
  );
}

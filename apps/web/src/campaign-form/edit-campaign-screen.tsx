'use client';

import { campaignCan } from '@clipmeter/core/campaign-state';
import { Button } from '@clipmeter/ui/button';
import { ErrorState } from '@clipmeter/ui/error-state';
import { Skeleton } from '@clipmeter/ui/skeleton';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { PublishDialog, publishWords } from '#src/campaign/acts/publish-dialog.tsx';
import { CampaignFields } from '#src/campaign-form/campaign-fields.tsx';
import { changesOf, changesTerms, formOf } from '#src/campaign-form/campaign-form.ts';
import { CampaignPreview, viewsSentence } from '#src/campaign-form/campaign-preview.tsx';
import { ChangedElsewhere } from '#src/campaign-form/changed-elsewhere.tsx';
import { FormLayout } from '#src/campaign-form/form-layout.tsx';
import { PublishReason } from '#src/campaign-form/publish-reason.tsx';
import { TermsDialog, TermsNote } from '#src/campaign-form/terms-change.tsx';
import { useCampaignForm } from '#src/campaign-form/use-campaign-form.ts';
import type { CampaignPage } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { Message } from '#src/frame/message.tsx';
import { PageHeader } from '#src/frame/page-header.tsx';

/** A campaign's fields, to be changed. */
export function EditCampaignScreen({ id }: { id: string }) {
  // As it was when the page was opened: what is typed here is not overwritten by what others do meanwhile.
  const page = trpc.campaigns.byId.useQuery({ id }, { refetchOnWindowFocus: false });
  if (page.data === undefined) {
    return page.isError ? (
      <ErrorState onRetry={() => void page.refetch()} retrying={page.isRefetching}>
        This campaign could not be loaded. {page.error.message}
      </ErrorState>
    ) : (
      <div className="flex flex-col gap-5">
        <Skeleton className="h-28 w-80 max-w-full" />
        <Skeleton className="h-[40rem]" />
      </div>
    );
  }
  const { campaign } = page.data;
  if (!campaignCan.edit(campaign)) {
    return (
      <Message title="It has ended" action={<CampaignLink id={id}>To the campaign</CampaignLink>}>
        A finished campaign stays as it is. Duplicate it to begin another like it.
      </Message>
    );
  }
  return <EditForm page={page.data} />;
}

function CampaignLink({ id, children }: { id: string; children: string }) {
  return (
    <Link href={`/campaigns/${id}`} className="hover:text-ink hover:underline">
      {children}
    </Link>
  );
}

function EditForm({ page }: { page: CampaignPage }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const [opened] = useState(page);
  const { campaign, totals } = opened;
  const [loaded] = useState(() => formOf(campaign));
  const { form, change, leave, check, shownErrors, blockers, nowMs } = useCampaignForm(loaded);
  const [asking, setAsking] = useState<'publish' | 'terms' | null>(null);
  const edit = trpc.campaigns.edit.useMutation();
  const publish = trpc.campaigns.publish.useMutation();
  const isDraft = campaign.status === 'DRAFT';
  const changes = changesOf(loaded, form);
  const touchesTerms = totals.clips > 0 && changesTerms(loaded, form);
  const views = viewsSentence(form);

  async function save(andPublish: boolean) {
    if (!check()) return setAsking(null);
    try {
      if (changes !== null) await edit.mutateAsync({ id: campaign.id, changes });
      if (andPublish) await publish.mutateAsync({ id: campaign.id });
    } catch {
      setAsking(null);
      return; // said below the form
    }
    await utils.campaigns.invalidate();
    router.push(`/campaigns/${campaign.id}`);
  }
  const submit = () => {
    if (!check() || changes === null) return;
    if (touchesTerms) setAsking('terms');
    else void save(false);
  };

  return (
    <>
      <PageHeader
        over={<CampaignLink id={campaign.id}>{campaign.title}</CampaignLink>}
        title={isDraft ? 'Edit draft' : 'Edit campaign'}
        figure={views?.views ?? '–'}
        figureLabel={views === null ? 'views that the budget pays for' : `that ${views.sum} pays for`}
      />
      <ChangedElsewhere id={campaign.id} cursor={opened.cursor} isSaving={edit.isPending || edit.isSuccess} />
      <FormLayout
        label="Edit campaign"
        onSubmit={submit}
        error={edit.error?.message ?? publish.error?.message}
        fields={
          <CampaignFields
            form={form}
            onChange={change}
            errors={shownErrors}
            onLeave={leave}
            fixed={{ budget: !isDraft, start: !isDraft && campaign.status !== 'SCHEDULED' }}
            termsNote={touchesTerms ? <TermsNote campaign={campaign} clips={totals.clips} /> : null}
          />
        }
        preview={<CampaignPreview form={form} blockers={isDraft ? blockers : null} nowMs={nowMs} />}
        actions={
          <>
            {isDraft ? (
              <Button
                tone="primary"
                disabled={blockers.length > 0}
                onClick={() => {
                  if (check()) setAsking('publish');
                }}
              >
                {publishWords(form)}
              </Button>
            ) : null}
            <Button
              type="submit"
              tone={isDraft ? 'secondary' : 'primary'}
              pending={edit.isPending && asking === null}
              disabled={changes === null}
            >
              {isDraft ? 'Save draft' : 'Save changes'}
            </Button>
            {isDraft && blockers.length > 0 ? <PublishReason blockers={blockers} /> : null}
            {changes === null ? <span className="text-[0.8125rem] text-faint">Nothing has changed.</span> : null}
          </>
        }
      />
      <PublishDialog
        open={asking === 'publish'}
        onOpenChange={(open) => (open ? undefined : setAsking(null))}
        offer={form}
        pending={edit.isPending || publish.isPending}
        error={undefined}
        onConfirm={() => void save(true)}
      />
      <TermsDialog
        open={asking === 'terms'}
        onClose={() => setAsking(null)}
        campaign={campaign}
        clips={totals.clips}
        form={form}
        pending={edit.isPending}
        onConfirm={() => void save(false)}
      />
    </>
  );
}

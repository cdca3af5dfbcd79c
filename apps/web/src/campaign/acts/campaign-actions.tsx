'use client';

import { campaignCan } from '@clipmeter/core/campaign-state';
import { Button } from '@clipmeter/ui/button';
import { buttonClass } from '@clipmeter/ui/button-class';
import { Menu, MenuItem, MenuSeparator } from '@clipmeter/ui/menu';
import { ChevronDown } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActDialog } from '#src/campaign/acts/act-dialog.tsx';
import { ACT_WORDS, type Act, actsFor } from '#src/campaign/acts/campaign-acts.ts';
import { PublishDialog, publishWords } from '#src/campaign/acts/publish-dialog.tsx';
import { TopUpDialog } from '#src/campaign/acts/top-up-dialog.tsx';
import { blockersOf, formOf } from '#src/campaign-form/campaign-form.ts';
import type { CampaignPage } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';

type Campaign = CampaignPage['campaign'];
type Opened = Act | 'publish' | 'topUp';

/** What an admin may do to a campaign: the likely act as a button, the rest in a menu, each by a dialog. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const blockers = campaign.status === 'DRAFT' ? blockersOf(formOf(campaign), new Date()) : [];
  const [opened, setOpened] = useState<Opened | null>(null);
  const duplicate = useDuplicate(campaign);
  const open = (act: Opened) => () => setOpened(act);
  const acts = actsFor(campaign);
  return (
    <div className="flex flex-col items-start gap-1.5 sm:items-end">
      <div className="flex flex-wrap gap-2">
        <PrimaryAct campaign={campaign} blockers={blockers} open={open} duplicate={duplicate} />
        <Menu
          trigger={
            <Button>
              More
              <ChevronDown aria-hidden className="size-4" />
            </Button>
          }
        >
          {campaignCan.edit(campaign) && !campaign.closing ? <EditItem id={campaign.id} /> : null}
          {campaignCan.topUp(campaign) && !campaign.closing ? (
            <MenuItem onSelect={open('topUp')}>Top up budget</MenuItem>
          ) : null}
          <MenuItem onSelect={duplicate.run}>Duplicate campaign</MenuItem>
          {acts.length === 0 ? null : <MenuSeparator />}
          {acts.map((act) => (
            <MenuItem key={act} onSelect={open(act)}>
              {ACT_WORDS[act].label}
            </MenuItem>
          ))}
        </Menu>
      </div>
      {campaign.closing ? (
        <p className="text-[0.8125rem] text-faint">It is closing; this takes up to ten minutes.</p>
      ) : null}
      {duplicate.error === undefined ? null : (
        <p role="alert" className="text-bad text-sm">
          {duplicate.error}
        </p>
      )}
      <OpenedDialog campaign={campaign} opened={opened} onClose={() => setOpened(null)} />
    </div>
  );
}

function EditItem({ id }: { id: string }) {
  const router = useRouter();
  return <MenuItem onSelect={() => router.push(`/campaigns/${id}/edit`)}>Edit campaign</MenuItem>;
}

interface PrimaryActProps {
  campaign: Campaign;
  blockers: readonly string[];
  open: (act: Opened) => () => void;
  duplicate: ReturnType<typeof useDuplicate>;
}

/** The one act that is likely next. */
function PrimaryAct({ campaign, blockers, open, duplicate }: PrimaryActProps) {
  switch (campaign.status) {
    case 'DRAFT':
      return blockers.length > 0 || campaign.archivedAt !== null ? (
        <Link href={`/campaigns/${campaign.id}/edit`} className={buttonClass('primary')}>
          Edit draft
        </Link>
      ) : (
        <Button tone="primary" onClick={open('publish')}>
          {publishWords(campaign)}
        </Button>
      );
    case 'SCHEDULED':
      return (
        <Link href={`/campaigns/${campaign.id}/edit`} className={buttonClass('primary')}>
          Edit campaign
        </Link>
      );
    case 'ACTIVE':
      return campaign.closing ? null : (
        <Button tone="primary" onClick={open('topUp')}>
          Top up budget
        </Button>
      );
    case 'PAUSED':
      return campaign.closing ? null : (
        <Button tone="primary" onClick={open('resume')}>
          Resume campaign
        </Button>
      );
    default:
      return (
        <Button tone="primary" pending={duplicate.pending} onClick={duplicate.run}>
          Duplicate campaign
        </Button>
      );
  }
}

function useDuplicate(campaign: Campaign) {
  const router = useRouter();
  const [newId] = useState(() => crypto.randomUUID());
  const duplicate = trpc.campaigns.duplicate.useMutation({
    onSuccess: (copy) => router.push(`/campaigns/${copy.id}/edit`),
  });
  return {
    run: () => duplicate.mutate({ id: campaign.id, newId }),
    pending: duplicate.isPending,
    error: duplicate.error?.message,
  };
}

function OpenedDialog(props: { campaign: Campaign; opened: Opened | null; onClose: () => void }) {
  const { campaign, opened, onClose } = props;
  if (opened === null) return null;
  if (opened === 'topUp') return <TopUpDialog campaign={campaign} onClose={onClose} />;
  if (opened === 'publish') return <Publish campaign={campaign} onClose={onClose} />;
  return <Confirm campaign={campaign} act={opened} onClose={onClose} />;
}

function Publish({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const after = useAfterAct(campaign, onClose);
  const publish = trpc.campaigns.publish.useMutation({ onSuccess: after });
  return (
    <PublishDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      offer={campaign}
      pending={publish.isPending}
      error={publish.error?.message}
      onConfirm={() => publish.mutate({ id: campaign.id })}
    />
  );
}

function Confirm({ campaign, act, onClose }: { campaign: Campaign; act: Act; onClose: () => void }) {
  const after = useAfterAct(campaign, onClose);
  const run = trpc.campaigns[act].useMutation({ onSuccess: after });
  const { label, keep, isFinal, says } = ACT_WORDS[act];
  return (
    <ActDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`${label.replace(' campaign', '')} ${campaign.title}`}
      description={says(campaign).map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
      confirm={label}
      keep={keep}
      isFinal={isFinal}
      pending={run.isPending}
      error={run.error?.message}
      onConfirm={() => run.mutate({ id: campaign.id })}
    />
  );
}

/** The page is told by its event, too; asking makes sure of it where the socket is down. */
function useAfterAct(campaign: Campaign, onClose: () => void) {
  const utils = trpc.useUtils();
  return async () => {
    onClose();
    await utils.campaigns.byId.invalidate({ id: campaign.id });
    await utils.campaigns.list.invalidate();
  };
}

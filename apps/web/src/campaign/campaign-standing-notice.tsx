import { Moment } from '@clipmeter/ui/age';
import { Notice } from '@clipmeter/ui/notice';
import { Archive, PencilLine } from 'lucide-react';
import { Blockers } from '#src/campaign-form/blockers.tsx';
import { blockersOf, formOf } from '#src/campaign-form/campaign-form.ts';
import type { CampaignPage } from '#src/client/outputs.ts';

/** What an admin should know before anything else: it is archived, or a draft that lacks something. */
export function CampaignStandingNotice({ campaign }: { campaign: CampaignPage['campaign'] }) {
  if (campaign.archivedAt !== null) {
    return (
      <Notice icon={Archive}>
        Archived since <Moment date={new Date(campaign.archivedAt)} />: it is in no list but Archived.
      </Notice>
    );
  }
  if (campaign.status !== 'DRAFT') return null;
  return (
    <Notice icon={PencilLine}>
      <p>A draft: only admins see it.</p>
      <div className="mt-2">
        <Blockers blockers={blockersOf(formOf(campaign), new Date())} />
      </div>
    </Notice>
  );
}

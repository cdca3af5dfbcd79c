import { Card } from '@clipmeter/ui/card';
import { CopyButton } from '@clipmeter/ui/copy-button';
import { CampaignRules } from '#src/campaign/campaign-rules.tsx';
import { CampaignImage } from '#src/campaigns/campaign-image.tsx';
import type { CampaignPage } from '#src/client/outputs.ts';

/** What to make and what it is paid by; and the link that shows it to anybody. */
export function RulesCard({ campaign }: { campaign: CampaignPage['campaign'] }) {
  return (
    <Card
      title="Rules and material"
      aside={
        // A draft's link opens for nobody yet.
        campaign.status === 'DRAFT' ? undefined : (
          <CopyButton tone="quiet" text={() => new URL(`/campaigns/${campaign.id}`, window.location.href).href}>
            Copy link
          </CopyButton>
        )
      }
    >
      <div className="flex flex-col gap-6 lg:flex-row lg:justify-between lg:gap-10">
        <CampaignRules campaign={campaign} materialUrl={campaign.materialUrl} />
        {campaign.imageId === null ? null : (
          <CampaignImage
            imageId={campaign.imageId}
            className="aspect-video w-full shrink-0 rounded-lg border lg:w-80 lg:self-start"
          />
        )}
      </div>
    </Card>
  );
}

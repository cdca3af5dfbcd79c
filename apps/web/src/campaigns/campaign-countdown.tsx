import { AgeToCome } from '@clipmeter/ui/age';
import type { CampaignCard } from '#src/client/outputs.ts';

/** "starts in 2 days", "ends in 5 h": what the campaign comes to next, counting down. Nothing once it is over. */
export function CampaignCountdown({ campaign }: { campaign: CampaignCard }) {
  if (campaign.completedAt !== null) return null;
  if (campaign.status === 'SCHEDULED' && campaign.startsAt !== null) {
    return <AgeToCome date={new Date(campaign.startsAt)} prefix="starts " />;
  }
  return campaign.deadline === null ? null : <AgeToCome date={new Date(campaign.deadline)} prefix="ends " />;
}

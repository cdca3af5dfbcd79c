import { Moment } from '@clipmeter/ui/age';
import type { CampaignCard } from '#src/client/outputs.ts';

const REASONS: Record<NonNullable<CampaignCard['completionReason']>, string> = {
  BUDGET: 'Budget reached',
  DEADLINE: 'Deadline reached',
  ADMIN: 'Completed by an admin',
  CANCELLED: 'Cancelled',
};

/** "Budget reached, 22 Nov, 14:03"; nothing while the campaign goes on. */
export function CampaignOutcome({ campaign }: { campaign: CampaignCard }) {
  if (campaign.completedAt === null || campaign.completionReason === null) return null;
  return (
    <>
      {REASONS[campaign.completionReason]}, <Moment date={new Date(campaign.completedAt)} />
    </>
  );
}

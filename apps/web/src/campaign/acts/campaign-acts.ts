import { campaignCan } from '@clipmeter/core/campaign-state';
import { formatUsd, parseMicros } from '@clipmeter/core/money';
import type { CampaignCard } from '#src/client/outputs.ts';

/** What an admin does to a campaign, by a dialog that needs nothing but a yes. */
export const ACTS = ['pause', 'resume', 'complete', 'cancel', 'archive', 'restore'] as const;
export type Act = (typeof ACTS)[number];

interface ActWords {
  /** The act in the menu and on its button. */
  label: string;
  keep: string;
  isFinal: boolean;
  /** What follows, paragraph by paragraph, pending money first. */
  says(campaign: CampaignCard): string[];
}

const usd = (decimal: string) => formatUsd(parseMicros(decimal));
const isOver = (campaign: CampaignCard) => campaign.completedAt !== null;

/** While a campaign runs, all that it has spent is pending. */
function pendingStays(campaign: CampaignCard): string {
  return parseMicros(campaign.spent) === 0n
    ? 'Nothing is pending yet.'
    : `The ${usd(campaign.spent)} that clips have earned stay pending.`;
}

function pendingBecomesAvailable(campaign: CampaignCard): string {
  return parseMicros(campaign.spent) === 0n
    ? 'Nothing is pending.'
    : `The ${usd(campaign.spent)} that are pending become available to its clippers.`;
}

export const ACT_WORDS: Record<Act, ActWords> = {
  pause: {
    label: 'Pause campaign',
    keep: 'Keep it running',
    isFinal: false,
    says: (campaign) => [
      `${pendingStays(campaign)} While it is paused nothing is read and nothing is paid.`,
      'What clips grow meanwhile is paid when it is resumed, as far as the budget lasts.',
    ],
  },
  resume: {
    label: 'Resume campaign',
    keep: 'Keep it paused',
    isFinal: false,
    says: (campaign) => [
      `${pendingStays(campaign)} Its clips are read at once and paid for what they grew during the pause, up to the ${usd(campaign.left)} that are left.`,
    ],
  },
  complete: {
    label: 'Complete campaign',
    keep: 'Keep it running',
    isFinal: true,
    says: (campaign) => [
      `${pendingBecomesAvailable(campaign)} First its clips are read once more and paid for what they grew.`,
      `What is left of the budget then, ${usd(campaign.left)} before that last read, goes back. It ends for good: a finished campaign is never reopened, only duplicated.`,
    ],
  },
  cancel: {
    label: 'Cancel campaign',
    keep: 'Keep the campaign',
    isFinal: true,
    says: (campaign) =>
      campaign.status === 'DRAFT' || campaign.status === 'SCHEDULED'
        ? [`Nothing is pending. Its budget of ${usd(campaign.budget)} goes back, and it ends for good.`]
        : [
            `${pendingBecomesAvailable(campaign)} What is left of the budget, ${usd(campaign.left)}, goes back.`,
            'Nothing is read any more: what clips grew since their last read is not paid. To read and pay it, complete the campaign instead. Either way it ends for good.',
          ],
  },
  archive: {
    label: 'Archive campaign',
    keep: 'Keep it listed',
    isFinal: false,
    says: (campaign) => [
      isOver(campaign)
        ? 'No money moves: what is pending is released as ever, what is available stays available.'
        : `No money moves: its budget of ${usd(campaign.budget)} stays as it is.`,
      'It leaves every list but Archived. Its page stays, and you can restore it at any time.',
    ],
  },
  restore: {
    label: 'Restore campaign',
    keep: 'Keep it archived',
    isFinal: false,
    says: () => ['No money moves. It is back in the lists at once.'],
  },
};

/** The acts that the campaign allows now, the likely ones first. */
export function actsFor(campaign: CampaignCard): Act[] {
  if (campaign.closing) return [];
  return ACTS.filter((act) => {
    if (act === 'archive') return campaignCan.archive(campaign) && campaign.archivedAt === null;
    if (act === 'restore') return campaign.archivedAt !== null;
    return campaignCan[act](campaign);
  });
}

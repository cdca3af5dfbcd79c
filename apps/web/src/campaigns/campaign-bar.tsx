import { parseMicros } from '@clipmeter/core/money';
import { BudgetBar } from '@clipmeter/ui/budget-bar';
import type { ReactNode } from 'react';
import { CampaignOutcome } from '#src/campaigns/campaign-outcome.tsx';
import type { CampaignCard } from '#src/client/outputs.ts';
import { budgetFigures } from '#src/format/budget.ts';
import { decimal } from '#src/format/decimal.ts';

interface CampaignBarProps {
  campaign: CampaignCard;
  size?: 'card' | 'page';
  pace?: string | undefined;
  /** Beside the outcome: what was earned, one tap away. */
  earned?: ReactNode;
}

/** A campaign's budget bar: the same everywhere. */
export function CampaignBar({ campaign, size = 'card', pace, earned }: CampaignBarProps) {
  const { spentPercent, expectedPercent } = budgetFigures(campaign);
  const isOver = campaign.completedAt !== null;
  const isExpected = expectsMore(campaign);
  return (
    <BudgetBar
      label={`Budget of ${campaign.title}`}
      size={size}
      spent={decimal(campaign.spent)}
      budget={decimal(campaign.budget)}
      left={decimal(campaign.left)}
      expected={isExpected && size === 'page' ? decimal(campaign.expected) : undefined}
      spentPercent={spentPercent}
      expectedPercent={isExpected ? expectedPercent : 0}
      pace={pace}
      outcome={
        isOver ? (
          <span className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span>
              <CampaignOutcome campaign={campaign} />
            </span>
            {earned}
          </span>
        ) : undefined
      }
    />
  );
}

/** Only a running campaign expects anything: paused or over, nothing is credited until somebody decides. */
export function expectsMore(campaign: CampaignCard): boolean {
  return campaign.status === 'ACTIVE' && parseMicros(campaign.expected) > 0n;
}

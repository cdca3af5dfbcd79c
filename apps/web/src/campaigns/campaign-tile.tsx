import { platformName } from '@clipmeter/core/platform';
import { ExpectedAmount } from '@clipmeter/ui/budget-bar';
import { numberText } from '@clipmeter/ui/number-text';
import Link from 'next/link';
import { memo } from 'react';
import { CampaignBar, expectsMore } from '#src/campaigns/campaign-bar.tsx';
import { CampaignCountdown } from '#src/campaigns/campaign-countdown.tsx';
import { CampaignImage } from '#src/campaigns/campaign-image.tsx';
import { CampaignStatus } from '#src/campaigns/campaign-status.tsx';
import type { CampaignCard } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';
import { rateText } from '#src/format/rate.ts';

/** One campaign in the list: the whole card is its link. Renders again only when its campaign changed. */
export const CampaignTile = memo(function CampaignTile({ campaign }: { campaign: CampaignCard }) {
  return (
    <article className="relative flex flex-col rounded-lg border bg-surface p-5 transition-colors hover:border-line-strong">
      {campaign.imageId === null ? null : (
        <CampaignImage
          imageId={campaign.imageId}
          className="-mx-5 -mt-5 mb-4 h-28 rounded-t-lg w-[calc(100%+2.5rem)] max-w-none"
        />
      )}
      <div className="flex items-baseline justify-between gap-3">
        <div className="min-w-0">
          <h2 className="truncate font-medium text-[0.9375rem]" title={campaign.title}>
            <Link
              href={`/campaigns/${campaign.id}`}
              className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:outline-offset-2"
            >
              {campaign.title}
            </Link>
          </h2>
          <p className="truncate text-[0.8125rem] text-faint">{campaign.brand}</p>
        </div>
        <CampaignStatus campaign={campaign} />
      </div>

      <p className="mt-4 flex flex-wrap items-baseline justify-between gap-x-3">
        <span>
          <span className="font-semibold text-xl tracking-tight">{rateText(campaign)}</span>
          <span className="text-[0.8125rem] text-muted"> per 1,000 views</span>
        </span>
        <span className="text-[0.8125rem] text-muted">{campaign.platforms.map(platformName).join(', ')}</span>
      </p>

      <div className="mt-5 mb-4">
        <CampaignBar campaign={campaign} />
      </div>

      <p className="mt-auto flex flex-wrap items-baseline justify-between gap-x-3 border-t pt-3 text-[0.8125rem] text-faint">
        <span>{campaign.clipsCount === 1 ? '1 clip' : `${numberText(campaign.clipsCount, 'count')} clips`}</span>
        <CampaignCountdown campaign={campaign} />
        {expectsMore(campaign) ? <ExpectedAmount amount={decimal(campaign.expected)} /> : null}
      </p>
    </article>
  );
});

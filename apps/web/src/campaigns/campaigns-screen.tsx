'use client';

import { formatDecimal, parseMicros, sumMicros } from '@clipmeter/core/money';
import { Button } from '@clipmeter/ui/button';
import { buttonClass } from '@clipmeter/ui/button-class';
import { classNames } from '@clipmeter/ui/class-names';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { MoreRows } from '@clipmeter/ui/more-rows';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton } from '@clipmeter/ui/skeleton';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import type { ReactNode } from 'react';
import { type CampaignsShown, campaignFilterParsers, isNarrowed, shownTo } from '#src/campaigns/campaign-filter.ts';
import { CampaignFilters } from '#src/campaigns/campaign-filters.tsx';
import { CampaignTile } from '#src/campaigns/campaign-tile.tsx';
import { useLiveCampaigns } from '#src/campaigns/use-live-campaigns.ts';
import type { CampaignCard, Viewer } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';
import { PageHeader } from '#src/frame/page-header.tsx';

const FIGURE_WORDS: Record<CampaignsShown, string> = {
  active: 'left to earn in these campaigns',
  upcoming: 'in budgets to come',
  completed: 'earned in these campaigns',
  archived: 'earned in these campaigns',
};

const EMPTY_WORDS: Record<CampaignsShown, string> = {
  active: 'No campaign is running. Upcoming ones show when they start.',
  upcoming: 'Nothing is planned yet. Running campaigns are under Active.',
  completed: 'No campaign has ended yet. It will show here with what its clips earned.',
  archived: 'Nothing is archived. What you archive leaves every list but this one.',
};

/** All campaigns as cards, their bars moving. What is shown lives in the URL. */
export function CampaignsScreen({ role }: { role: Viewer['role'] }) {
  const [filter, setFilter] = useQueryStates(campaignFilterParsers);
  const query = useLiveCampaigns(filter);
  const campaigns = query.data?.pages.flatMap((page) => page.items);

  return (
    <>
      <PageHeader
        title="Campaigns"
        figure={
          campaigns === undefined ? (
            <Skeleton className="h-10 w-48" />
          ) : (
            <RollingNumber value={decimal(figureOf(filter.show, campaigns))} kind="usd" />
          )
        }
        figureLabel={FIGURE_WORDS[filter.show]}
        action={
          role === 'ADMIN' ? (
            <Link href="/campaigns/new" className={buttonClass('primary')}>
              New campaign
            </Link>
          ) : undefined
        }
      />
      <CampaignFilters filter={filter} onChange={(change) => void setFilter(change)} shown={shownTo(role)} />
      <CampaignGrid
        query={query}
        campaigns={campaigns}
        empty={
          isNarrowed(filter) ? (
            <EmptyState
              action={
                <Button onClick={() => void setFilter({ platform: null, rate: null, q: '' })}>Show them all</Button>
              }
            >
              No campaign here is like that. Ask for less, or look under another tab.
            </EmptyState>
          ) : (
            <EmptyState>{EMPTY_WORDS[filter.show]}</EmptyState>
          )
        }
      />
    </>
  );
}

function figureOf(shown: CampaignsShown, campaigns: CampaignCard[]): string {
  const amount = (campaign: CampaignCard) =>
    shown === 'completed' || shown === 'archived' ? campaign.spent : campaign.left;
  return formatDecimal(sumMicros(campaigns.map((campaign) => parseMicros(amount(campaign)))));
}

interface CampaignGridProps {
  query: ReturnType<typeof useLiveCampaigns>;
  campaigns: CampaignCard[] | undefined;
  empty: ReactNode;
}

function CampaignGrid({ query, campaigns, empty }: CampaignGridProps) {
  if (campaigns === undefined) {
    if (query.isError) {
      return (
        <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
          The campaigns could not be loaded. {query.error.message}
        </ErrorState>
      );
    }
    return (
      <div role="status" className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
        <span className="sr-only">Loading campaigns</span>
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <Skeleton key={key} className="h-[15.5rem]" />
        ))}
      </div>
    );
  }
  if (campaigns.length === 0) return empty;
  return (
    <>
      <div
        aria-busy={query.isPlaceholderData}
        className={classNames(
          'grid grid-cols-1 gap-4 transition-opacity md:grid-cols-2 xl:grid-cols-3',
          query.isPlaceholderData && 'opacity-60',
        )}
      >
        {campaigns.map((campaign) => (
          <CampaignTile key={campaign.id} campaign={campaign} />
        ))}
      </div>
      <MoreRows label="Show more" query={query} />
    </>
  );
}

'use client';

import { formatDecimal, parseMicros, sumMicros } from '@clipmeter/core/money';
import { Button } from '@clipmeter/ui/button';
import { classNames } from '@clipmeter/ui/class-names';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton } from '@clipmeter/ui/skeleton';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { CAMPAIGN_FILTERS, type CampaignFilter, FILTER_WORDS } from '#src/campaigns/campaign-filter.ts';
import { CampaignTile } from '#src/campaigns/campaign-tile.tsx';
import { useLiveCampaigns } from '#src/campaigns/use-live-campaigns.ts';
import type { CampaignCard } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';
import { PageHeader } from '#src/frame/page-header.tsx';

const FIGURE_WORDS: Record<CampaignFilter, string> = {
  active: 'left to earn in these campaigns',
  upcoming: 'in budgets to come',
  completed: 'earned in these campaigns',
};

const EMPTY_WORDS: Record<CampaignFilter, string> = {
  active: 'No campaign is running. Upcoming ones show when they start.',
  upcoming: 'Nothing is planned yet. Running campaigns are under Active.',
  completed: 'No campaign has ended yet. It will show here with what its clips earned.',
};

/** All campaigns as cards, their bars moving. The filter lives in the URL. */
export function CampaignsScreen() {
  const [filter, setFilter] = useQueryState('show', parseAsStringLiteral(CAMPAIGN_FILTERS).withDefault('active'));
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
            <RollingNumber value={decimal(figureOf(filter, campaigns))} kind="usd" />
          )
        }
        figureLabel={FIGURE_WORDS[filter]}
      />
      <FilterBar value={filter} onChange={setFilter} />
      <CampaignGrid query={query} campaigns={campaigns} empty={EMPTY_WORDS[filter]} />
    </>
  );
}

function figureOf(filter: CampaignFilter, campaigns: CampaignCard[]): string {
  const amount = (campaign: CampaignCard) => (filter === 'completed' ? campaign.spent : campaign.left);
  return formatDecimal(sumMicros(campaigns.map((campaign) => parseMicros(amount(campaign)))));
}

function FilterBar({ value, onChange }: { value: CampaignFilter; onChange: (value: CampaignFilter) => void }) {
  return (
    <fieldset className="mb-5 flex gap-1 border-b">
      <legend className="sr-only">Show</legend>
      {CAMPAIGN_FILTERS.map((filter) => (
        <button
          key={filter}
          type="button"
          aria-pressed={filter === value}
          onClick={() => onChange(filter)}
          className={classNames(
            '-mb-px h-11 border-b-2 px-3 text-sm sm:h-10',
            filter === value ? 'border-accent font-medium text-ink' : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {FILTER_WORDS[filter]}
        </button>
      ))}
    </fieldset>
  );
}

interface CampaignGridProps {
  query: ReturnType<typeof useLiveCampaigns>;
  campaigns: CampaignCard[] | undefined;
  empty: string;
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
  if (campaigns.length === 0) return <EmptyState>{empty}</EmptyState>;
  return (
    <>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
        {campaigns.map((campaign) => (
          <CampaignTile key={campaign.id} campaign={campaign} />
        ))}
      </div>
      {query.hasNextPage ? (
        <div className="mt-6 flex justify-center">
          <Button onClick={() => void query.fetchNextPage()} pending={query.isFetchingNextPage}>
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
}

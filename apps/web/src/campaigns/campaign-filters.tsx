'use client';

import { CAMPAIGN_SORTS, type CampaignSort } from '@clipmeter/core/campaign-sort';
import { PLATFORMS, platformName } from '@clipmeter/core/platform';
import { classNames } from '@clipmeter/ui/class-names';
import { FilterSelect } from '@clipmeter/ui/filter-select';
import { SearchField } from '@clipmeter/ui/search-field';
import { type CampaignFilter, type CampaignsShown, LEAST_RATES, SHOWN_WORDS } from '#src/campaigns/campaign-filter.ts';

interface CampaignFiltersProps {
  filter: CampaignFilter;
  onChange: (change: Partial<CampaignFilter>) => void;
  /** The tabs. */
  shown: readonly CampaignsShown[];
}

const SORT_WORDS: Record<CampaignSort, string> = {
  newest: 'Newest first',
  ending: 'Ending first',
  rate: 'Highest rate first',
  left: 'Most left first',
};

const PLATFORM_OPTIONS = [
  { value: '', label: 'Any platform' },
  ...PLATFORMS.map((platform) => ({ value: platform, label: platformName(platform) })),
];
const RATE_OPTIONS = [
  { value: '', label: 'Any rate' },
  ...LEAST_RATES.map((rate) => ({ value: rate, label: `$${rate} or more per 1,000` })),
];
const SORT_OPTIONS = CAMPAIGN_SORTS.map((sort) => ({ value: sort, label: SORT_WORDS[sort] }));

/** Which campaigns are shown, and in which order. */
export function CampaignFilters({ filter, onChange, shown }: CampaignFiltersProps) {
  return (
    <div className="mb-5">
      <fieldset className="flex gap-1 overflow-x-auto border-b">
        <legend className="sr-only">Show</legend>
        {shown.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === filter.show}
            onClick={() => onChange({ show: each })}
            className={classNames(
              '-mb-px h-11 border-b-2 px-3 text-sm sm:h-10 pointer-coarse:h-11',
              each === filter.show
                ? 'border-accent font-medium text-ink'
                : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {SHOWN_WORDS[each]}
          </button>
        ))}
      </fieldset>
      <div className="mt-4 flex flex-wrap gap-2">
        <SearchField
          label="Search campaigns"
          placeholder="Title or brand"
          value={filter.q}
          onChange={(q) => onChange({ q })}
          className="w-full sm:w-64"
        />
        {/* On the phone one line, pushed sideways: the campaigns are what one came for. */}
        <div className="-mx-4 flex min-w-0 gap-2 overflow-x-auto px-4 max-sm:w-screen sm:mx-0 sm:flex-1 sm:overflow-visible sm:px-0 *:shrink-0">
          <FilterSelect
            label="Platform"
            value={filter.platform ?? ''}
            options={PLATFORM_OPTIONS}
            onChange={(value) => onChange({ platform: PLATFORMS.find((platform) => platform === value) ?? null })}
          />
          <FilterSelect
            label="Rate"
            value={filter.rate ?? ''}
            options={RATE_OPTIONS}
            onChange={(value) => onChange({ rate: LEAST_RATES.find((rate) => rate === value) ?? null })}
          />
          <div className="sm:ml-auto">
            <FilterSelect
              label="Order"
              value={filter.sort}
              options={SORT_OPTIONS}
              onChange={(sort) => onChange({ sort })}
            />
          </div>
        </div>
      </div>
    </div>
  );
}

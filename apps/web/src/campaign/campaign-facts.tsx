import { platformName } from '@clipmeter/core/platform';
import { Moment } from '@clipmeter/ui/age';
import { numberText } from '@clipmeter/ui/number-text';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import type { ReactNode } from 'react';
import type { CampaignPage, ClipList } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';
import { rateText } from '#src/format/rate.ts';
import { growthOf } from '#src/live/clip-rows.ts';

interface CampaignFactsProps {
  page: CampaignPage;
  clips: ClipList | undefined;
}

/** The terms and the totals, as a list of words and values. */
export function CampaignFacts({ page, clips }: CampaignFactsProps) {
  const { campaign } = page;
  const { views, growth } = liveTotals(page, clips);
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-4">
      <Fact name="Rate">{rateText(campaign)} per 1,000</Fact>
      <Fact name="Platforms">{campaign.platforms.map(platformName).join(', ')}</Fact>
      <Fact name="Views">
        <RollingNumber value={views} kind="count" />
      </Fact>
      <Fact name="Views that counted">
        <RollingNumber value={growth} kind="count" />
      </Fact>
      <Fact name="Clips">{numberText(page.totals.clips, 'count')}</Fact>
      <Fact name="Clippers">{numberText(page.totals.clippers, 'count')}</Fact>
      <Fact name="Most a clip can earn">
        {campaign.capPerClip === null ? 'no limit' : numberText(decimal(campaign.capPerClip), 'usd')}
      </Fact>
      <Fact name={timeWord(page)}>
        <EndOrStart page={page} />
      </Fact>
    </dl>
  );
}

/** When every clip is on the page their sum is the total, and moves with them. */
function liveTotals(page: CampaignPage, clips: ClipList | undefined): { views: number; growth: number } {
  if (clips === undefined || clips.items.length < clips.total) return page.totals;
  return {
    views: clips.items.reduce((sum, clip) => sum + clip.views, 0),
    growth: clips.items.reduce((sum, clip) => sum + Math.max(0, growthOf(clip)), 0),
  };
}

function timeWord({ campaign }: CampaignPage): string {
  if (campaign.completedAt !== null) return 'Ended';
  return campaign.status === 'SCHEDULED' && campaign.startsAt !== null ? 'Starts' : 'Ends';
}

function EndOrStart({ page: { campaign } }: { page: CampaignPage }) {
  if (campaign.status === 'SCHEDULED' && campaign.startsAt !== null)
    return <Moment date={new Date(campaign.startsAt)} />;
  if (campaign.completedAt !== null) return <Moment date={new Date(campaign.completedAt)} />;
  return campaign.deadline === null ? 'when its budget is reached' : <Moment date={new Date(campaign.deadline)} />;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-[0.8125rem] text-faint">{name}</dt>
      <dd className="mt-0.5 text-sm">{children}</dd>
    </div>
  );
}

'use client';

import { Card } from '@clipmeter/ui/card';
import { ErrorState } from '@clipmeter/ui/error-state';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton, SkeletonRows } from '@clipmeter/ui/skeleton';
import Link from 'next/link';
import { CampaignActions } from '#src/campaign/acts/campaign-actions.tsx';
import { CampaignEnding } from '#src/campaign/campaign-ending.tsx';
import { CampaignFacts } from '#src/campaign/campaign-facts.tsx';
import { CampaignStandingNotice } from '#src/campaign/campaign-standing-notice.tsx';
import { ChartCard } from '#src/campaign/chart-card.tsx';
import { ClipsCard } from '#src/campaign/clips-card.tsx';
import { RulesCard } from '#src/campaign/rules-card.tsx';
import { useLiveCampaign } from '#src/campaign/use-live-campaign.ts';
import { CampaignBar } from '#src/campaigns/campaign-bar.tsx';
import { CampaignStatus } from '#src/campaigns/campaign-status.tsx';
import type { CampaignPage, Viewer } from '#src/client/outputs.ts';
import { lastsText } from '#src/format/budget.ts';
import { decimal } from '#src/format/decimal.ts';
import { PageHeader } from '#src/frame/page-header.tsx';
import { PhoneAction } from '#src/frame/phone-action.tsx';
import { SubmitButton } from '#src/submit/submit-button.tsx';

/** One campaign: its bar, its clips by rank, its chart, and its end as it happens. */
export function CampaignScreen({ id, role }: { id: string; role: Viewer['role'] }) {
  const { page, clips } = useLiveCampaign(id);
  if (page.data === undefined) {
    return page.isError ? (
      <ErrorState onRetry={() => void page.refetch()} retrying={page.isRefetching}>
        This campaign could not be loaded. {page.error.message}
      </ErrorState>
    ) : (
      <CampaignSkeleton />
    );
  }
  const { campaign } = page.data;
  return (
    <div className="flex flex-col gap-5">
      <CampaignHeader page={page.data} role={role} />
      {role === 'ADMIN' ? <CampaignStandingNotice campaign={campaign} /> : null}
      <CampaignEnding page={page.data} role={role} />
      <Card>
        <CampaignBar
          campaign={campaign}
          size="page"
          pace={campaign.status === 'ACTIVE' ? lastsText(campaign.left, page.data.pace) : undefined}
        />
        <div className="mt-6 border-t pt-5">
          <CampaignFacts page={page.data} clips={clips.data} />
        </div>
      </Card>
      <RulesCard campaign={campaign} />
      <ChartCard campaign={campaign} />
      <ClipsCard query={clips} role={role} campaign={campaign} />
    </div>
  );
}

function CampaignHeader({ page, role }: { page: CampaignPage; role: Viewer['role'] }) {
  const { campaign, mine } = page;
  return (
    <div className="-mb-4">
      <PageHeader
        over={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link href="/campaigns" className="hover:text-ink hover:underline">
              Campaigns
            </Link>
            <span aria-hidden>/</span>
            <span>{campaign.brand}</span>
            <CampaignStatus campaign={campaign} />
          </span>
        }
        title={campaign.title}
        figure={<RollingNumber value={decimal(role === 'ADMIN' ? campaign.spent : mine.credited)} kind="usd" />}
        figureLabel={role === 'ADMIN' ? 'spent' : clipperLabel(mine.clips)}
        action={role === 'ADMIN' ? <CampaignActions campaign={campaign} /> : <SubmitHere campaign={campaign} />}
      />
    </div>
  );
}

/** Only while it takes clips: what it takes otherwise stands above. */
function SubmitHere({ campaign }: Pick<CampaignPage, 'campaign'>) {
  if (campaign.status !== 'ACTIVE' || campaign.closing) return null;
  return (
    <PhoneAction>
      <SubmitButton campaignId={campaign.id} />
    </PhoneAction>
  );
}

function clipperLabel(clips: number): string {
  if (clips === 0) return 'earned by you; you have no clip here';
  return clips === 1 ? 'earned by your clip' : `earned by your ${clips} clips`;
}

function CampaignSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-32 w-80 max-w-full" />
      <Skeleton className="h-56" />
      <Skeleton className="h-96" />
      <Card flush title="Leaderboard">
        <SkeletonRows rows={8} />
      </Card>
    </div>
  );
}

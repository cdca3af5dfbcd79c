import { buttonClass } from '@clipmeter/ui/button-class';
import { Card } from '@clipmeter/ui/card';
import { numberText } from '@clipmeter/ui/number-text';
import Link from 'next/link';
import { CampaignRules } from '#src/campaign/campaign-rules.tsx';
import { RefreshPage } from '#src/campaign/refresh-page.tsx';
import { CampaignBar } from '#src/campaigns/campaign-bar.tsx';
import { CampaignCountdown } from '#src/campaigns/campaign-countdown.tsx';
import { CampaignImage } from '#src/campaigns/campaign-image.tsx';
import { CampaignStatus } from '#src/campaigns/campaign-status.tsx';
import type { CampaignPreview as Preview } from '#src/client/outputs.ts';
import { rateText } from '#src/format/rate.ts';
import { SimulatedLine } from '#src/frame/frame.tsx';
import { Wordmark } from '#src/frame/wordmark.tsx';
import { withReturn } from '#src/sign-in/return-path.ts';

const REFRESH_MS = 5_000;

/** A campaign as a stranger sees it who was sent its link: the offer, the bar, the rules, and the way in that ends here. */
export function CampaignPreview({ campaign, simulated }: { campaign: Preview['campaign']; simulated: boolean }) {
  const path = `/campaigns/${campaign.id}`;
  const isOver = campaign.completedAt !== null;
  return (
    <>
      {simulated ? <SimulatedLine /> : null}
      {isOver ? null : <RefreshPage everyMs={REFRESH_MS} />}
      <header className="mx-auto flex h-14 w-full max-w-[60rem] items-center justify-between px-4 sm:px-8">
        <Link href="/" className="rounded-md">
          <Wordmark />
        </Link>
        <Link href={withReturn('/sign-in', path)} className={buttonClass('quiet')}>
          Sign in
        </Link>
      </header>
      <main className="mx-auto w-full max-w-[60rem] px-4 pt-4 pb-32 sm:px-8 lg:pb-16">
        <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
          <div className="flex min-w-0 flex-col gap-5">
            <div>
              <p className="flex flex-wrap items-center gap-x-3 text-faint text-sm">
                {campaign.brand}
                <CampaignStatus campaign={campaign} />
              </p>
              <h1 className="mt-1.5 text-balance font-semibold text-2xl tracking-tight sm:text-3xl">
                {campaign.title}
              </h1>
            </div>
            {campaign.imageId === null ? null : (
              <CampaignImage imageId={campaign.imageId} className="aspect-video max-h-80 w-full rounded-lg border" />
            )}
            <Card>
              <p className="mb-5 flex flex-wrap items-baseline justify-between gap-x-4">
                <span>
                  <span className="font-semibold text-3xl tracking-tight">{rateText(campaign)}</span>
                  <span className="text-muted text-sm"> per 1,000 views</span>
                </span>
                <span className="text-[0.8125rem] text-faint">
                  {campaign.clipsCount === 1 ? '1 clip' : `${numberText(campaign.clipsCount, 'count')} clips`}
                  {' so far · '}
                  <CampaignCountdown campaign={campaign} />
                </span>
              </p>
              <CampaignBar campaign={campaign} size="page" />
            </Card>
            <Card title="Rules">
              <CampaignRules campaign={campaign} />
            </Card>
          </div>
          <aside aria-label="Join" className="max-lg:hidden">
            <div className="sticky top-6 rounded-lg border bg-surface p-5">
              <JoinWords isOver={isOver} />
              <JoinLink path={path} isOver={isOver} />
            </div>
          </aside>
        </div>
      </main>
      {/* On the phone the way in stays within reach. */}
      <div className="fixed inset-x-0 bottom-0 z-30 border-t bg-canvas/95 px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] backdrop-blur lg:hidden">
        <JoinLink path={path} isOver={isOver} />
      </div>
    </>
  );
}

function JoinWords({ isOver }: { isOver: boolean }) {
  return (
    <p className="mb-4 text-muted text-sm leading-6">
      {isOver
        ? 'This campaign has ended. Others are running.'
        : 'Post a clip, paste its link here, and see what it earns as its views grow.'}
    </p>
  );
}

function JoinLink({ path, isOver }: { path: string; isOver: boolean }) {
  return (
    <Link href={withReturn('/sign-up', isOver ? '/campaigns' : path)} className={buttonClass('primary', 'h-11 w-full')}>
      {isOver ? 'Create an account' : 'Create an account to clip'}
    </Link>
  );
}

import { viewsForOffer } from '@clipmeter/core/campaign-offer';
import { formatDecimal, formatUsd, ZERO_MICROS } from '@clipmeter/core/money';
import { numberText } from '@clipmeter/ui/number-text';
import { Blockers } from '#src/campaign-form/blockers.tsx';
import { type CampaignForm, offerOf } from '#src/campaign-form/campaign-form.ts';
import { CampaignTile } from '#src/campaigns/campaign-tile.tsx';
import type { CampaignCard } from '#src/client/outputs.ts';

/** "$1,000.00 at $2.00 = 500,000 views": what the money buys. Null before it is known. */
export function viewsSentence(form: CampaignForm): { sum: string; views: string } | null {
  const offer = offerOf(form);
  const views = viewsForOffer(offer);
  if (views === null || offer.budgetMicros === null || offer.rateMicros === null) return null;
  const count = (of: bigint) => numberText(Number(of), 'count');
  const isRange = views.atLeast !== views.atMost;
  return {
    sum: `${formatUsd(offer.budgetMicros)} at ${isRange ? 'these rates' : `${formatUsd(offer.rateMicros)} per 1,000`}`,
    views: isRange ? `${count(views.atLeast)} to ${count(views.atMost)} views` : `${count(views.atMost)} views`,
  };
}

/** The card as clippers will see it, and what still keeps it from them. */
export function CampaignPreview(props: { form: CampaignForm; blockers: string[] | null; nowMs: number }) {
  const { form, blockers, nowMs } = props;
  const views = viewsSentence(form);
  return (
    <aside aria-label="Preview" className="flex flex-col gap-4 lg:sticky lg:top-6">
      <div>
        <h2 className="mb-2 text-[0.8125rem] text-faint">Card, as clippers see it</h2>
        <div inert>
          <CampaignTile campaign={cardOf(form, nowMs)} />
        </div>
      </div>
      <p aria-live="polite" className="text-sm">
        {views === null ? (
          <span className="text-faint">Budget and rate say how many views it pays for.</span>
        ) : (
          <>
            <span className="text-muted">{views.sum} = </span>
            <span className="font-medium">{views.views}</span>
          </>
        )}
      </p>
      {blockers === null ? null : <Blockers blockers={blockers} />}
    </aside>
  );
}

function cardOf(form: CampaignForm, nowMs: number): CampaignCard {
  const { budgetMicros, rateMicros, rates, startsAt } = offerOf(form);
  const budget = formatDecimal(budgetMicros ?? ZERO_MICROS);
  return {
    id: 'preview',
    version: 0,
    title: form.title.trim() || 'Title',
    brand: form.brand.trim() || 'Brand',
    platforms: form.platforms,
    status: startsAt !== null && startsAt.getTime() > nowMs ? 'SCHEDULED' : 'ACTIVE',
    currency: 'USD',
    ratePer1000: formatDecimal(rateMicros ?? ZERO_MICROS),
    rates: rates.map((rate) => ({ platform: rate.platform, ratePer1000: formatDecimal(rate.rateMicros) })),
    imageId: form.imageId,
    archivedAt: null,
    budget,
    spent: '0.000000',
    expected: '0.000000',
    left: budget,
    closing: false,
    startsAt: form.startsAt,
    deadline: form.deadline,
    completedAt: null,
    completionReason: null,
    released: false,
    clipsCount: 0,
    createdAt: new Date(nowMs).toISOString(),
  };
}

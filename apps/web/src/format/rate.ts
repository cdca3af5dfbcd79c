import { formatDecimal, maxMicros, minMicros, parseMicros } from '@clipmeter/core/money';
import { numberText } from '@clipmeter/ui/number-text';
import type { CampaignCard } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';

type Offer = Pick<CampaignCard, 'platforms' | 'ratePer1000' | 'rates'>;

/** What each of the campaign's platforms pays for 1,000 views. */
export function ratesByPlatform({ platforms, ratePer1000, rates }: Offer) {
  return platforms.map((platform) => ({
    platform,
    ratePer1000: rates.find((rate) => rate.platform === platform)?.ratePer1000 ?? ratePer1000,
  }));
}

/** "$2.00", or "$2.00 to $3.00" where platforms pay differently. */
export function rateText(offer: Offer): string {
  const all = ratesByPlatform(offer).map((rate) => parseMicros(rate.ratePer1000));
  const [first = parseMicros(offer.ratePer1000), ...rest] = all;
  const text = (amount: string) => numberText(decimal(amount), 'usd');
  const least = rest.reduce(minMicros, first);
  const most = rest.reduce(maxMicros, first);
  return least === most ? text(formatDecimal(least)) : `${text(formatDecimal(least))} to ${text(formatDecimal(most))}`;
}

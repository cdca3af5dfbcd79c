import { publishBlockers } from '@clipmeter/core/campaign-offer';
import { DomainError } from '@clipmeter/core/domain-error';
import { formatDecimal, type Micros, parseMicros, ZERO_MICROS } from '@clipmeter/core/money';
import type { CampaignDetails } from '@clipmeter/db/campaign-details';
import { hasImage } from '@clipmeter/db/images';
import type { Tx } from '@clipmeter/db/transaction';
import type { DetailsChanges } from '#src/input/campaign-details.ts';

/** Where a new campaign begins. */
export const NO_DETAILS: CampaignDetails = {
  title: '',
  brand: '',
  description: '',
  requirements: '',
  materialUrl: null,
  imageId: null,
  platforms: [],
  rateMicros: ZERO_MICROS,
  rates: [],
  capMicros: null,
  minViews: 0n,
  startsAt: null,
  deadline: null,
};

const dateOf = (time: string | null) => (time === null ? null : new Date(time));

/** What was sent, over what is there. */
export function withChanges(details: CampaignDetails, changes: DetailsChanges): CampaignDetails {
  const { platforms, ratePer1000, rates, capPerClip, minViews, startsAt, deadline } = changes;
  return tidied({
    title: changes.title ?? details.title,
    brand: changes.brand ?? details.brand,
    description: changes.description ?? details.description,
    requirements: changes.requirements ?? details.requirements,
    materialUrl: changes.materialUrl === undefined ? details.materialUrl : changes.materialUrl,
    imageId: changes.imageId === undefined ? details.imageId : changes.imageId,
    platforms: platforms ?? details.platforms,
    rateMicros: ratePer1000 === undefined ? details.rateMicros : parseMicros(ratePer1000),
    rates:
      rates?.map((rate) => ({ platform: rate.platform, rateMicros: parseMicros(rate.ratePer1000) })) ?? details.rates,
    capMicros: capPerClip === undefined ? details.capMicros : capPerClip === null ? null : parseMicros(capPerClip),
    minViews: minViews === undefined ? details.minViews : BigInt(minViews),
    startsAt: startsAt === undefined ? details.startsAt : dateOf(startsAt),
    deadline: deadline === undefined ? details.deadline : dateOf(deadline),
  });
}

/** Without rates that say nothing: of platforms that it does not take, or equal to its own. */
function tidied(details: CampaignDetails): CampaignDetails {
  const platforms = [...new Set(details.platforms)];
  const rates = details.rates
    .filter(({ platform, rateMicros }) => platforms.includes(platform) && rateMicros !== details.rateMicros)
    .toSorted((a, b) => (a.platform < b.platform ? -1 : 1));
  return { ...details, platforms, rates };
}

/** @throws DomainError INVALID_INPUT */
export async function refuseBadDetails(tx: Tx, details: CampaignDetails): Promise<void> {
  const { startsAt, deadline, imageId } = details;
  if (startsAt !== null && deadline !== null && deadline <= startsAt)
    throw new DomainError('INVALID_INPUT', 'The deadline must be after the start.');
  if (imageId !== null && !(await hasImage(tx, imageId)))
    throw new DomainError('INVALID_INPUT', 'That picture is not there: upload it again.');
}

/** @throws DomainError WRONG_STATE with everything that keeps the campaign from being published */
export function refuseUnlessWhole(details: CampaignDetails, budgetMicros: Micros, at: Date): void {
  const blockers = publishBlockers({ ...details, budgetMicros }, at);
  if (blockers.length > 0) throw new DomainError('WRONG_STATE', blockers.join(' '));
}

/** As the audit log keeps it: the API's words, money as decimal strings. */
export function auditedDetails(details: CampaignDetails): Record<keyof DetailsChanges, unknown> {
  return {
    title: details.title,
    brand: details.brand,
    description: details.description,
    requirements: details.requirements,
    materialUrl: details.materialUrl,
    imageId: details.imageId,
    platforms: details.platforms,
    ratePer1000: formatDecimal(details.rateMicros),
    rates: details.rates.map((rate) => ({ platform: rate.platform, ratePer1000: formatDecimal(rate.rateMicros) })),
    capPerClip: details.capMicros === null ? null : formatDecimal(details.capMicros),
    minViews: details.minViews.toString(),
    startsAt: details.startsAt?.toISOString() ?? null,
    deadline: details.deadline?.toISOString() ?? null,
  };
}

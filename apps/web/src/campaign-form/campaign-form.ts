import type { PlatformRate } from '@clipmeter/core/campaign-offer';
import { type CampaignOffer, publishBlockers } from '@clipmeter/core/campaign-offer';
import type { Platform } from '@clipmeter/core/platform';
import type { CampaignInput, CampaignPage } from '#src/client/outputs.ts';
import { amountOf } from '#src/format/amount.ts';

/** What stands in the fields, as it was typed. */
export interface CampaignForm {
  title: string;
  brand: string;
  description: string;
  requirements: string;
  materialUrl: string;
  imageId: string | null;
  platforms: Platform[];
  budget: string;
  ratePer1000: string;
  /** By platform; empty: as the campaign. */
  rates: Partial<Record<Platform, string>>;
  capPerClip: string;
  minViews: string;
  startsAt: string | null;
  deadline: string | null;
}

export const EMPTY_FORM: CampaignForm = {
  title: '',
  brand: '',
  description: '',
  requirements: '',
  materialUrl: '',
  imageId: null,
  platforms: [],
  budget: '',
  ratePer1000: '',
  rates: {},
  capPerClip: '',
  minViews: '',
  startsAt: null,
  deadline: null,
};

/** "12.500000" as one would type it: "12.50", "12", "0.0025". */
function typed(decimal: string): string {
  const short = decimal.replace(/\.?0+$/, '');
  return /\.\d$/.test(short) ? `${short}0` : short;
}

/** The fields of a campaign that exists. */
export function formOf(campaign: CampaignPage['campaign']): CampaignForm {
  return {
    title: campaign.title,
    brand: campaign.brand,
    description: campaign.description,
    requirements: campaign.requirements,
    materialUrl: campaign.materialUrl ?? '',
    imageId: campaign.imageId,
    platforms: campaign.platforms,
    budget: typed(campaign.budget),
    ratePer1000: typed(campaign.ratePer1000),
    rates: Object.fromEntries(campaign.rates.map((rate) => [rate.platform, typed(rate.ratePer1000)])),
    capPerClip: campaign.capPerClip === null ? '' : typed(campaign.capPerClip),
    minViews: campaign.minViews === 0 ? '' : String(campaign.minViews),
    startsAt: campaign.startsAt,
    deadline: campaign.deadline,
  };
}

function viewsOf(text: string): bigint | null {
  if (text === '') return 0n;
  return /^\d{1,10}$/.test(text) && BigInt(text) <= 1_000_000_000n ? BigInt(text) : null;
}

function ratesOf(form: CampaignForm): PlatformRate[] {
  return form.platforms.flatMap((platform) => {
    const rateMicros = amountOf(form.rates[platform] ?? '');
    return rateMicros === null ? [] : [{ platform, rateMicros }];
  });
}

/** What the fields offer so far. */
export function offerOf(form: CampaignForm): CampaignOffer {
  return {
    title: form.title,
    brand: form.brand,
    budgetMicros: amountOf(form.budget),
    rateMicros: amountOf(form.ratePer1000),
    rates: ratesOf(form),
    minViews: viewsOf(form.minViews) ?? 0n,
    platforms: form.platforms,
    startsAt: form.startsAt === null ? null : new Date(form.startsAt),
    deadline: form.deadline === null ? null : new Date(form.deadline),
  };
}

export type FormErrors = Partial<Record<keyof CampaignForm, string>>;

const AN_AMOUNT = 'Enter an amount above zero, such as 1000 or 12.50.';

/** What is wrong with what stands in the fields, in words that say what would be right. Empty: it can be saved. */
export function errorsOf(form: CampaignForm, now: Date): FormErrors {
  const errors: FormErrors = {};
  if (form.title.trim() === '') errors.title = 'Give the campaign a title.';
  if (form.brand.trim() === '') errors.brand = 'Name the brand.';
  if (form.platforms.length === 0) errors.platforms = 'Choose at least one platform.';
  if (amountOf(form.budget) === null) errors.budget = AN_AMOUNT;
  if (amountOf(form.ratePer1000) === null) errors.ratePer1000 = AN_AMOUNT;
  if (form.platforms.some((platform) => isWrong(form.rates[platform] ?? ''))) errors.rates = AN_AMOUNT;
  if (isWrong(form.capPerClip)) errors.capPerClip = 'Enter an amount above zero, or nothing for no limit.';
  if (viewsOf(form.minViews) === null) errors.minViews = 'Enter a whole number of views, or nothing.';
  if (form.materialUrl.trim() !== '' && !isAddress(form.materialUrl.trim()))
    errors.materialUrl = 'Enter a whole address, such as https://example.com/material.';
  const { startsAt, deadline } = offerOf(form);
  if (deadline !== null && deadline <= now) errors.deadline = 'It has passed: choose a later one.';
  else if (deadline !== null && startsAt !== null && deadline <= startsAt)
    errors.deadline = 'It must be after the start.';
  return errors;
}

const isWrong = (amount: string) => amount !== '' && amountOf(amount) === null;

function isAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

/** Everything that keeps it from being published: what cannot be saved, and what is still missing. */
export function blockersOf(form: CampaignForm, now: Date): string[] {
  const blockers = publishBlockers(offerOf(form), now);
  const { capPerClip, minViews, rates, materialUrl } = errorsOf(form, now);
  const wrong: [string, string | undefined][] = [
    ['Rate by platform', rates],
    ['Most a clip can earn', capPerClip],
    ['Minimum views', minViews],
    ['Link to material', materialUrl],
  ];
  return [...blockers, ...wrong.flatMap(([name, error]) => (error === undefined ? [] : [`${name}: ${error}`]))];
}

/** The fields as the API takes them; they have no errors. */
export function inputOf(form: CampaignForm): Omit<CampaignInput, 'id'> {
  return {
    title: form.title.trim(),
    brand: form.brand.trim(),
    description: form.description.trim(),
    requirements: form.requirements.trim(),
    materialUrl: form.materialUrl.trim() === '' ? null : form.materialUrl.trim(),
    imageId: form.imageId,
    platforms: form.platforms,
    budget: form.budget,
    ratePer1000: form.ratePer1000,
    rates: form.platforms.flatMap((platform) => {
      const ratePer1000 = form.rates[platform] ?? '';
      return ratePer1000 === '' ? [] : [{ platform, ratePer1000 }];
    }),
    capPerClip: form.capPerClip === '' ? null : form.capPerClip,
    minViews: Number(viewsOf(form.minViews) ?? 0n),
    startsAt: form.startsAt,
    deadline: form.deadline,
  };
}

/** Only what differs from what was loaded, so that nobody else's change is undone; null: nothing does. */
export function changesOf(loaded: CampaignForm, form: CampaignForm): Partial<Omit<CampaignInput, 'id'>> | null {
  const before = new Map<string, unknown>(Object.entries(inputOf(loaded)));
  const changed = Object.entries(inputOf(form)).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before.get(field)),
  );
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

/** Whether clips that are approved from now on would get other terms than those that are approved already. */
export function changesTerms(loaded: CampaignForm, form: CampaignForm): boolean {
  const changes = changesOf(loaded, form);
  return changes !== null && ['ratePer1000', 'rates', 'capPerClip', 'minViews'].some((field) => field in changes);
}

import { expect, test } from 'vitest';
import {
  blockersOf,
  type CampaignForm,
  changesOf,
  changesTerms,
  EMPTY_FORM,
  errorsOf,
  inputOf,
} from '#src/campaign-form/campaign-form.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const WHOLE: CampaignForm = {
  ...EMPTY_FORM,
  title: 'Launch',
  brand: 'Acme',
  platforms: ['TIKTOK', 'YOUTUBE'],
  budget: '1000',
  ratePer1000: '2',
  deadline: '2026-12-22T12:00:00.000Z',
};

test('an empty form says what each field wants', () => {
  expect(Object.keys(errorsOf(EMPTY_FORM, NOW))).toEqual(['title', 'brand', 'platforms', 'budget', 'ratePer1000']);
  expect(errorsOf(WHOLE, NOW)).toEqual({});
});

test('a draft may lack a deadline, a published campaign may not', () => {
  const draft = { ...WHOLE, deadline: null };
  expect(errorsOf(draft, NOW)).toEqual({});
  expect(blockersOf(draft, NOW)).toEqual(['Set a deadline.']);
});

test.each<[keyof CampaignForm, Partial<CampaignForm>]>([
  ['budget', { budget: '0' }],
  ['budget', { budget: '12,50' }],
  ['ratePer1000', { ratePer1000: '1.1234567' }],
  ['rates', { rates: { YOUTUBE: 'two' } }],
  ['capPerClip', { capPerClip: '-1' }],
  ['minViews', { minViews: '1.5' }],
  ['materialUrl', { materialUrl: 'javascript:alert(1)' }],
  ['deadline', { deadline: '2026-11-22T11:00:00.000Z' }],
  ['deadline', { startsAt: '2026-12-23T11:00:00.000Z' }],
])('%s is wrong with %j', (field, change) => {
  expect(Object.keys(errorsOf({ ...WHOLE, ...change }, NOW))).toEqual([field]);
});

test('a rate of a platform that is not chosen is not sent', () => {
  const form = { ...WHOLE, rates: { YOUTUBE: '3', X: '9', TIKTOK: '' } };
  expect(inputOf(form).rates).toEqual([{ platform: 'YOUTUBE', ratePer1000: '3' }]);
});

test('only what differs from what was loaded is sent', () => {
  expect(changesOf(WHOLE, { ...WHOLE, title: ' Launch ' })).toBeNull();
  expect(changesOf(WHOLE, { ...WHOLE, title: 'Other', capPerClip: '50' })).toEqual({
    title: 'Other',
    capPerClip: '50',
  });
});

test('a title changes nobody’s terms, a cap does', () => {
  expect(changesTerms(WHOLE, { ...WHOLE, title: 'Other' })).toBe(false);
  expect(changesTerms(WHOLE, { ...WHOLE, capPerClip: '50' })).toBe(true);
});

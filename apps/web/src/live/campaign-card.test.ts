import { expect, test } from 'vitest';
import type { CampaignCard } from '#src/client/outputs.ts';
import { applyToCard, applyToCards } from '#src/live/campaign-card.ts';
import type { Payload } from '#src/live/page-event.ts';

const card: CampaignCard = {
  id: 'a',
  version: 5,
  title: 'Autumn',
  brand: 'Northwind',
  platforms: ['TIKTOK'],
  status: 'ACTIVE',
  currency: 'USD',
  ratePer1000: '10.000000',
  budget: '100.000000',
  spent: '50.000000',
  expected: '4.000000',
  left: '50.000000',
  closing: false,
  startsAt: null,
  deadline: null,
  completedAt: null,
  completionReason: null,
  released: false,
  clipsCount: 3,
  createdAt: '2026-11-22T10:00:00.000Z',
  rates: [],
  imageId: null,
  archivedAt: null,
};

const event: Payload<'campaign.changed'> = {
  campaignId: 'a',
  version: 6,
  status: 'ACTIVE',
  budget: '100.000000',
  spent: '90.250001',
  expected: '1.000000',
  closing: true,
  completedAt: null,
  completionReason: null,
  released: false,
  clips: [],
  at: '2026-11-22T14:03:00.000Z',
};

test('a newer event moves spent and what is left, to the micro', () => {
  const after = applyToCard(card, event);
  expect(after).toMatchObject({ version: 6, spent: '90.250001', left: '9.749999', closing: true, title: 'Autumn' });
});

test('an event that is not newer, or of another campaign, changes nothing at all', () => {
  expect(applyToCard(card, { ...event, version: 5 })).toBe(card);
  expect(applyToCard(card, { ...event, version: 4 })).toBe(card);
  expect(applyToCard(card, { ...event, campaignId: 'b' })).toBe(card);
});

test('events out of order and twice end in the same card as in order', () => {
  const later = { ...event, version: 7, spent: '100.000000', status: 'COMPLETED' as const };
  const inOrder = [event, later].reduce(applyToCard, card);
  expect([later, event, later].reduce(applyToCard, card)).toEqual(inOrder);
  expect(inOrder).toMatchObject({ status: 'COMPLETED', left: '0.000000' });
});

test('a list changes only in the card that the event is about', () => {
  const other = { ...card, id: 'b' };
  const cards = [other, card];
  const after = applyToCards(cards, event);
  expect(after[0]).toBe(other);
  expect(after[1]?.spent).toBe('90.250001');
  expect(applyToCards(cards, { ...event, campaignId: 'c' })).toBe(cards);
  expect(applyToCards(after, event)).toBe(after);
});

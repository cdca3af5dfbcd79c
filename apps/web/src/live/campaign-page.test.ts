import { expect, test } from 'vitest';
import type { CampaignPage } from '#src/client/outputs.ts';
import { applyMine } from '#src/live/campaign-page.ts';
import type { Payload } from '#src/live/page-event.ts';

const page: CampaignPage = {
  campaign: {
    id: 'a',
    version: 5,
    title: 'Autumn',
    brand: 'Northwind',
    description: '',
    platforms: ['TIKTOK'],
    status: 'ACTIVE',
    currency: 'USD',
    ratePer1000: '10.000000',
    budget: '100.000000',
    spent: '50.000000',
    expected: '0.000000',
    left: '50.000000',
    capPerClip: null,
    minViews: 0,
    closing: false,
    startsAt: null,
    deadline: null,
    completedAt: null,
    completionReason: null,
    released: false,
    clipsCount: 1,
    createdAt: '2026-11-22T10:00:00.000Z',
    rates: [],
    imageId: null,
    archivedAt: null,
    requirements: '',
    materialUrl: null,
  },
  pace: null,
  totals: { clips: 1, views: 5000, growth: 4000, clippers: 1 },
  mine: { clips: 1, credited: '40.000000', pending: '40.000000', pendingVersion: 3 },
  latePlatforms: [],
  cursor: '1:1:1',
};

function pending(balance: string, version: number, campaignId = 'a'): Payload<'earnings.changed'> {
  const at = '2026-11-22T14:03:00.000Z';
  return { userId: 'u', balances: [{ kind: 'pending', campaignId, balance, version }], clips: [], at };
}

test('a credit raises what the viewer earned here', () => {
  expect(applyMine(page, pending('45.500000', 4)).mine).toMatchObject({ credited: '45.500000', pending: '45.500000' });
});

test('the release empties pending, and what was earned stays', () => {
  expect(applyMine(page, pending('0.000000', 5)).mine).toMatchObject({ credited: '40.000000', pending: '0.000000' });
});

test('a balance that is not newer, or of another campaign, changes nothing', () => {
  expect(applyMine(page, pending('99.000000', 3))).toBe(page);
  expect(applyMine(page, pending('99.000000', 9, 'b'))).toBe(page);
});

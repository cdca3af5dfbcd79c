import { expect, test } from 'vitest';
import type { Summary } from '#src/client/outputs.ts';
import { applyToSummary } from '#src/live/earnings-summary.ts';

const summary: Summary = {
  currency: 'USD',
  pending: '3.500000',
  available: '0.000000',
  reserved: '0.000000',
  paid: '0.000000',
  balances: [
    {
      kind: 'pending',
      campaignId: 'a',
      campaignTitle: 'A',
      campaignStatus: 'ACTIVE',
      campaignDeadline: null,
      balance: '2.500000',
      version: 4,
    },
    {
      kind: 'pending',
      campaignId: 'b',
      campaignTitle: 'B',
      campaignStatus: 'ACTIVE',
      campaignDeadline: null,
      balance: '1.000000',
      version: 9,
    },
    {
      kind: 'available',
      campaignId: null,
      campaignTitle: null,
      campaignStatus: null,
      campaignDeadline: null,
      balance: '0.000000',
      version: 1,
    },
  ],
  lifetime: '3.600000',
  fees: '0.100000',
  totals: { clips: 0, views: 0, growth: 0, waiting: 0 },
  unreadNotifications: 0,
  cursor: '1:10:10',
};

const at = '2026-11-22T14:03:00.000Z';

test('a release moves pending to available and the sums with them', () => {
  const after = applyToSummary(summary, {
    userId: 'u',
    balances: [
      { kind: 'pending', campaignId: 'a', balance: '0.000000', version: 5 },
      { kind: 'available', campaignId: null, balance: '2.500000', version: 2 },
    ],
    clips: [],
    at,
  });
  expect(after).toMatchObject({ pending: '1.000000', available: '2.500000', lifetime: '3.600000' });
  expect(after.balances[0]).toMatchObject({ campaignTitle: 'A', balance: '0.000000' });
});

test('a balance that is not newer changes nothing; one of a new campaign is added', () => {
  const old = { kind: 'pending' as const, campaignId: 'b', balance: '0.100000', version: 9 };
  expect(applyToSummary(summary, { userId: 'u', balances: [old], clips: [], at })).toBe(summary);
  const fresh = { kind: 'pending' as const, campaignId: 'c', balance: '0.250000', version: 1 };
  expect(applyToSummary(summary, { userId: 'u', balances: [fresh], clips: [], at }).pending).toBe('3.750000');
});

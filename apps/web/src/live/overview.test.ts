import { expect, test } from 'vitest';
import type { Overview } from '#src/client/outputs.ts';
import { applySpend } from '#src/live/overview.ts';
import type { Payload } from '#src/live/page-event.ts';

const overview: Overview = {
  currency: 'USD',
  views: 0,
  growth: 0,
  clips: 0,
  clippers: { earning: 0, all: 0 },
  spent: '100.000000',
  spentToday: '10.000000',
  left: '50.000000',
  costPer1000: null,
  openSpend: [{ id: 'a', spent: '40.000000', version: 7 }],
  campaigns: { drafts: 0, scheduled: 0, active: 1, paused: 0 },
  queues: { waiting: 0, asked: 0, held: 0 },
  alerts: [],
  cursor: '1:10:10',
};

const event = (campaignId: string, version: number, spent: string): Payload<'campaign.changed'> => ({
  campaignId,
  version,
  spent,
  status: 'ACTIVE',
  budget: '90.000000',
  expected: '0.000000',
  closing: false,
  completedAt: null,
  completionReason: null,
  released: false,
  clips: [],
  at: '2026-11-22T14:03:00.000Z',
});

test('the sum moves by what a campaign moved, once', () => {
  const after = applySpend(overview, event('a', 8, '42.500000'));
  expect(after).toMatchObject({ spent: '102.500000', spentToday: '12.500000' });
  expect(after && applySpend(after, event('a', 8, '42.500000'))).toBe(after);
});

test('an older event changes nothing, and a campaign that is not known is asked for', () => {
  expect(applySpend(overview, event('a', 7, '1.000000'))).toBe(overview);
  expect(applySpend(overview, event('b', 1, '1.000000'))).toBeNull();
});

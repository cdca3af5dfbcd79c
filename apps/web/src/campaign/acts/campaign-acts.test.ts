import { CAMPAIGN_STATUSES } from '@clipmeter/core/campaign-state';
import { describe, expect, it, test } from 'vitest';
import { ACT_WORDS, ACTS, actsFor } from '#src/campaign/acts/campaign-acts.ts';
import type { CampaignCard } from '#src/client/outputs.ts';

const RUNNING: CampaignCard = {
  id: 'c',
  version: 1,
  title: 'Launch',
  brand: 'Acme',
  platforms: ['TIKTOK'],
  status: 'ACTIVE',
  currency: 'USD',
  ratePer1000: '2.000000',
  rates: [],
  imageId: null,
  archivedAt: null,
  budget: '1000.000000',
  spent: '412.340000',
  expected: '0.000000',
  left: '587.660000',
  closing: false,
  startsAt: null,
  deadline: null,
  completedAt: null,
  completionReason: null,
  released: false,
  clipsCount: 3,
  createdAt: '2026-11-22T12:00:00.000Z',
};

test.each([
  ['DRAFT', ['cancel', 'archive']],
  ['SCHEDULED', ['cancel']],
  ['ACTIVE', ['pause', 'complete', 'cancel']],
  ['PAUSED', ['resume', 'complete', 'cancel']],
  ['COMPLETED', ['archive']],
  ['CANCELLED', ['archive']],
] as const)('a campaign that is %s offers exactly %j', (status, acts) => {
  expect(actsFor({ ...RUNNING, status })).toEqual(acts);
});

test('what is archived can be restored, and what is closing is left alone', () => {
  expect(actsFor({ ...RUNNING, status: 'COMPLETED', archivedAt: RUNNING.createdAt })).toEqual(['restore']);
  expect(actsFor({ ...RUNNING, closing: true })).toEqual([]);
});

describe('before it is done an act says', () => {
  it.each(['pause', 'resume'] as const)('that %s leaves pending money pending', (act) => {
    expect(ACT_WORDS[act].says(RUNNING)[0]).toContain('The $412.34 that clips have earned stay pending.');
  });

  it.each(['complete', 'cancel'] as const)('that %s makes it available, and what goes back', (act) => {
    const says = ACT_WORDS[act].says(RUNNING).join(' ');
    expect(says).toContain('The $412.34 that are pending become available to its clippers.');
    expect(says).toContain('$587.66');
  });

  it('that archiving moves no money', () => {
    expect(ACT_WORDS.archive.says({ ...RUNNING, completedAt: RUNNING.createdAt })[0]).toContain('No money moves');
  });

  it('something about money, whatever the act and the state', () => {
    for (const act of ACTS)
      for (const status of CAMPAIGN_STATUSES)
        expect(ACT_WORDS[act].says({ ...RUNNING, status }).join(' ')).toMatch(/pending|money/);
  });
});

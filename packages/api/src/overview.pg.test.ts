import { type ApiWorld, createApiWorld, NEW_CAMPAIGN } from '@clipmeter/testing/api-world';
import { campaignSteps } from '@clipmeter/testing/campaign-steps';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';

let api: ApiWorld;
let admin: Viewer;

beforeAll(async () => {
  api = await createApiWorld();
  admin = await api.addViewer('ADMIN', 'Ada');
});
afterAll(() => api.db.drop());

const figures = () => api.as(admin).overview.figures();

describe('the admins’ overview', () => {
  it('has nothing to divide before anything counted', async () => {
    expect(await figures()).toMatchObject({ views: 0, growth: 0, spent: '0.000000', costPer1000: null, openSpend: [] });
  });

  it('adds up views, growth and spend, and what 1,000 counted views came to', async () => {
    const { world } = api;
    const campaignId = await world.addCampaign({ budget: '100', rate: '10', cap: '15' });
    const [one, two] = [await world.addClip(campaignId, 1_000n), await world.addClip(campaignId, 0n)];
    await world.read([
      [one, { plays: 3_000n }],
      [two, { plays: 1_000n }],
    ]);
    await world.submitClip(campaignId);
    const before = await figures();
    expect(before).toMatchObject({
      views: 4_000,
      growth: 3_000,
      clips: 2,
      clippers: { earning: 2, all: 3 },
      spent: '25.000000', // the first is capped at 15
      left: '75.000000',
      costPer1000: '8.333333',
      openSpend: [{ id: campaignId, spent: '25.000000' }],
      campaigns: { active: 1, paused: 0 },
      queues: { waiting: 0, asked: 1, held: 0 },
      alerts: [],
    });
    expect(before.spentToday).toBe('25.000000');
  });

  it('counts only the last day as today', async () => {
    api.world.advance(2 * 86_400_000);
    expect(await figures()).toMatchObject({ spent: '25.000000', spentToday: '0.000000' });
  });
});

describe('the activity feed', () => {
  it('tells what people did, what the tracker changed and what was credited, with the way there', async () => {
    const { world } = api;
    const { id: campaignId } = await api.as(admin).campaigns.create({ ...NEW_CAMPAIGN, title: 'Feed', budget: '10' });
    await api.as(admin).campaigns.publish({ id: campaignId });
    const clip = await world.addClip(campaignId, 0n);
    await world.read([[clip, { plays: 5_000n }]]);
    await campaignSteps(world, admin.userId).release(campaignId);
    const { items } = await api.as(admin).overview.activity({ show: 'all' });
    const told = items
      .filter(({ campaign }) => campaign?.id === campaignId)
      .map(({ kind, action, actor, amount, reason }) => ({ kind, action, who: actor?.name ?? null, amount, reason }));
    expect(told).toEqual(
      expect.arrayContaining([
        { kind: 'money', action: 'BATCH', who: null, amount: '10.000000', reason: null },
        { kind: 'change', action: 'COMPLETED', who: null, amount: null, reason: 'BUDGET' },
        { kind: 'change', action: 'APPROVED', who: null, amount: null, reason: null },
        { kind: 'act', action: 'campaign.publish', who: 'Ada', amount: null, reason: null },
        { kind: 'act', action: 'campaign.create', who: 'Ada', amount: null, reason: null },
      ]),
    );
    expect(told).toHaveLength(5);
  });

  it.each(['news', 'money', 'all'] as const)('goes on page by page without a gap: %s', async (show) => {
    const whole = (await api.as(admin).overview.activity({ show, limit: 100 })).items;
    const paged = [];
    for (let cursor: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof next>> = await next(cursor);
      paged.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
    expect(whole.length).toBeGreaterThan(1);
    const kinds = { news: ['act', 'change'], money: ['money'], all: ['act', 'change', 'money'] };
    expect([...new Set(whole.map(({ kind }) => kind))].toSorted()).toEqual(kinds[show]);

    function next(cursor: string | null) {
      return api.as(admin).overview.activity({ show, limit: 2, cursor });
    }
  });
});

import { formatDecimal, parseMicros, sumMicros, ZERO_MICROS } from '@clipmeter/core/money';
import { type ApiWorld, createApiWorld } from '@clipmeter/testing/api-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';
import type { NewCampaign } from '#src/input/campaign-details.ts';

let api: ApiWorld;
let admin: Viewer;
let ann: Viewer;
let bob: Viewer;

beforeAll(async () => {
  api = await createApiWorld();
  admin = await api.addViewer('ADMIN', 'Ada');
  ann = await api.addViewer('CLIPPER', 'Ann');
  bob = await api.addViewer('CLIPPER', 'Bob');
});
afterAll(() => api.db.drop());

async function campaign(spec: Partial<NewCampaign>): Promise<string> {
  return api.world.addCampaign({ budget: spec.budget ?? '100', rate: spec.ratePer1000 ?? '10' });
}

const clipIn = (campaignId: string, views: bigint, viewer = ann) => api.world.addClip(campaignId, views, viewer.userId);

const statement = (viewer: Viewer, id: string, page: { cursor?: string; limit?: number } = {}) =>
  api.as(viewer).clips.statement({ id, ...page });

describe('a clip’s statement', () => {
  it('explains each credit: two snapshots, the terms, the arithmetic, the ledger entry', async () => {
    const campaignId = await campaign({});
    const clip = await clipIn(campaignId, 1_000n);
    await api.world.read([[clip, { plays: 3_000n }]]);
    await api.world.read([[clip, { plays: 2_500n }]]); // fell: nothing is taken back, nothing is credited
    await api.world.read([[clip, { plays: 3_456n }]]);
    const { items, nextCursor } = await statement(ann, clip.submissionId);
    expect(nextCursor).toBeNull();
    expect(items).toMatchObject([
      {
        amount: '4.560000',
        from: { views: 3_000 },
        fromIsBaseline: false,
        to: { views: 3_456 },
        terms: { number: 1, metric: 'plays', initialViews: 1_000, ratePer1000: '10.000000', cap: null, minViews: 0 },
        growth: 2_456,
        earned: '24.560000',
        creditedBefore: '20.000000',
        owed: '4.560000',
        beyond: null,
        creditedAfter: '24.560000',
        settlement: { number: 3, closing: false, leftBefore: '80.000000' },
      },
      {
        amount: '20.000000',
        from: { views: 1_000 },
        fromIsBaseline: true,
        to: { views: 3_000 },
        creditedBefore: '0.000000',
      },
    ]);
    const { rows } = await api.db.pool.query<{ amount: string; movement: string }>(
      'SELECT amount, movement FROM ledger_entries WHERE id = $1',
      [items[0]?.entryId],
    );
    expect(rows).toEqual([{ amount: '4.560000', movement: 'accrue' }]);
  });

  it('shows views beyond the budget as such, in the line and for the clip', async () => {
    const campaignId = await campaign({ budget: '30' });
    const clip = await clipIn(campaignId, 0n);
    await api.world.read([[clip, { plays: 2_000n }]]);
    await api.world.read([[clip, { plays: 5_000n }]]);
    const { items } = await statement(ann, clip.submissionId);
    expect(items[0]).toMatchObject({
      amount: '10.000000',
      owed: '30.000000',
      beyond: { views: 2_000, amount: '20.000000' },
      creditedAfter: '30.000000',
    });
    const page = await api.as(ann).clips.byId({ id: clip.submissionId });
    expect(page).toMatchObject({
      clip: { credited: '30.000000', campaignStatus: 'COMPLETED', campaignCompletionReason: 'BUDGET' },
      earned: '50.000000',
      beyond: { views: 2_000, amount: '20.000000' },
    });
  });

  it('goes on from page to page, each sum where the one before ended, and adds up to what was credited', async () => {
    const campaignId = await campaign({});
    const clip = await clipIn(campaignId, 0n);
    for (let step = 1n; step <= 5n; step += 1n) await api.world.read([[clip, { plays: step * 111n }]]);
    const whole = await statement(ann, clip.submissionId);
    const pages = [];
    for (let cursor: string | undefined; ; ) {
      const page = await statement(ann, clip.submissionId, { limit: 2, ...(cursor && { cursor }) });
      pages.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(pages).toEqual(whole.items);
    expect(pages).toHaveLength(5);
    const credited = formatDecimal(sumMicros(pages.map(({ amount }) => parseMicros(amount))));
    expect(pages[0]?.creditedAfter).toBe(credited);
    expect(pages.at(-1)?.creditedBefore).toBe(formatDecimal(ZERO_MICROS));
    await expect(statement(ann, clip.submissionId, { cursor: 'x' })).rejects.toThrow('That page does not exist.');
  });

  it('is its clipper’s and the admins’; anybody else is told that there is no such clip', async () => {
    const clip = await clipIn(await campaign({}), 10n);
    for (const call of [
      () => api.as(bob).clips.byId({ id: clip.submissionId }),
      () => api.as(bob).clips.chart({ id: clip.submissionId }),
      () => statement(bob, clip.submissionId),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(statement(admin, clip.submissionId)).resolves.toMatchObject({ items: [] });
    expect((await api.as(admin).clips.byId({ id: clip.submissionId })).clip.clipper).toMatchObject({ name: 'Ann' });
  });
});

describe('a clipper’s clips', () => {
  it('come a page at a time, the latest approved first, with what their state follows from', async () => {
    const viewer = await api.addViewer('CLIPPER', 'Cleo');
    const campaignId = await campaign({});
    const clips = [];
    for (const views of [100n, 200n, 300n]) clips.push(await clipIn(campaignId, views, viewer));
    const first = await api.as(viewer).me.clips({ limit: 2 });
    const second = await api.as(viewer).me.clips({ limit: 2, cursor: first.nextCursor });
    const ids = [...first.items, ...second.items].map(({ submissionId }) => submissionId);
    expect(ids).toEqual(clips.map(({ submissionId }) => submissionId).toReversed());
    expect(second.nextCursor).toBeNull();
    expect(first.items[0]).toMatchObject({
      standing: { ratePer1000: '10.000000', cap: null, minViews: 0, carried: '0.000000', heldReason: null },
      campaignStatus: 'ACTIVE',
      campaignReleased: false,
    });
  });

  it('say when they last grew, and a read without new views leaves that', async () => {
    const viewer = await api.addViewer('CLIPPER', 'Dora');
    const clip = await clipIn(await campaign({}), 100n, viewer);
    const clipNow = async () => (await api.as(viewer).me.clips({})).items[0];
    await api.world.read([[clip, { plays: 150n }]]);
    const grown = await clipNow();
    expect(grown?.grewAt).toBe(grown?.lastReadAt);
    await api.world.read([[clip, { plays: 140n }]]);
    const fallen = await clipNow();
    expect(fallen?.grewAt).toBe(grown?.grewAt);
    expect(fallen?.lastReadAt).not.toBe(grown?.lastReadAt);
  });
});

describe('a clipper’s curve', () => {
  it('ends where the clips and the ledger stand, from the first approval on', async () => {
    const viewer = await api.addViewer('CLIPPER', 'Eve');
    expect((await api.as(viewer).me.chart({ range: 'all' })).points).toEqual([]);
    const campaignId = await campaign({});
    const [one, two] = [await clipIn(campaignId, 1_000n, viewer), await clipIn(campaignId, 50n, viewer)];
    await api.world.read([
      [one, { plays: 1_500n }],
      [two, { plays: 150n }],
    ]);
    const { points } = await api.as(viewer).me.chart({ range: 'all' });
    expect(points.at(-1)).toMatchObject({ views: 1_650, spent: '6.000000' });
    expect(points[0]).toMatchObject({ views: 1_000, spent: '0.000000' });
    const own = await api.as(viewer).clips.chart({ id: two.submissionId, range: 'day' });
    expect(own.points.at(-1)).toMatchObject({ views: 150, spent: '1.000000' });
  });

  it('begins with what was there before the time that is shown', async () => {
    const viewer = await api.addViewer('CLIPPER', 'Fay');
    const clip = await clipIn(await campaign({}), 1_000n, viewer);
    await api.world.read([[clip, { plays: 2_000n }]]);
    api.world.advance(2 * 86_400_000);
    await api.world.read([[clip, { plays: 2_300n }]]);
    const { points } = await api.as(viewer).me.chart({ range: 'day' });
    expect(points).toEqual([expect.objectContaining({ views: 2_300, spent: '13.000000' })]);
  });
});

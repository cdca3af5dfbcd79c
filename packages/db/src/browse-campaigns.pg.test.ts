import { CAMPAIGN_SORTS } from '@clipmeter/core/campaign-sort';
import { parseMicros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import { createWorld, type World } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browseCampaigns, type CampaignBrowse, type SortedPlace } from '#src/browse-campaigns.ts';

const EVERYTHING: CampaignBrowse = {
  statuses: ['ACTIVE', 'PAUSED'],
  archived: false,
  platform: null,
  leastRateMicros: null,
  search: null,
  sort: 'newest',
  after: null,
  limit: 100,
};

let db: TestDatabase;
let world: World;

interface Spec {
  title: string;
  rate: string;
  budget: string;
  platforms?: Platform[];
  rates?: Partial<Record<Platform, string>>;
  status?: string;
  createdAt: string;
  deadline?: string | null;
  archived?: boolean;
}

async function add(spec: Spec): Promise<void> {
  const id = await world.addCampaign({ budget: spec.budget, rate: spec.rate });
  await db.pool.query(
    `UPDATE campaigns SET title = $2, brand = 'Kessler', created_at = $3, deadline = $4, platforms = $5, status = $6,
       archived_at = $7 WHERE id = $1`,
    [
      id,
      spec.title,
      spec.createdAt,
      spec.deadline ?? null,
      spec.platforms ?? ['TIKTOK', 'YOUTUBE'],
      spec.status ?? 'ACTIVE',
      spec.archived === true ? spec.createdAt : null,
    ],
  );
  for (const [platform, rate] of Object.entries(spec.rates ?? {})) {
    await db.pool.query('INSERT INTO campaign_rates (campaign_id, platform, payout_rate) VALUES ($1, $2, $3)', [
      id,
      platform,
      rate,
    ]);
  }
}

beforeAll(async () => {
  db = await createTestDatabase();
  world = createWorld(db.pool);
  await add({ title: 'Trail shoes', rate: '1', budget: '900', createdAt: '2026-11-01', deadline: '2026-12-24' });
  await add({
    title: 'Planwerk week',
    rate: '2',
    budget: '500',
    createdAt: '2026-11-02',
    deadline: '2026-12-01',
    rates: { YOUTUBE: '0.5', TIKTOK: '4' },
  });
  await add({ title: 'One sip', rate: '3', budget: '100', createdAt: '2026-11-03', platforms: ['TIKTOK'] });
  await add({ title: 'Last mile', rate: '3', budget: '100', createdAt: '2026-11-03', status: 'PAUSED' });
  await add({ title: 'Hidden', rate: '9', budget: '999', createdAt: '2026-11-04', archived: true });
  await add({ title: 'Tents', rate: '9', budget: '999', createdAt: '2026-11-05', status: 'DRAFT' });
});
afterAll(() => db.drop());

const titles = async (browse: Partial<CampaignBrowse>) =>
  (await browseCampaigns(db.pool, { ...EVERYTHING, ...browse })).map(({ row }) => row.title);

describe('browsing campaigns', () => {
  it('has an order for each taste', async () => {
    expect((await titles({ sort: 'newest' })).slice(2)).toEqual(['Planwerk week', 'Trail shoes']);
    expect((await titles({ sort: 'ending' })).slice(0, 2)).toEqual(['Planwerk week', 'Trail shoes']);
    const byRate = await titles({ sort: 'rate' });
    expect([byRate[0], byRate[3]]).toEqual(['Planwerk week', 'Trail shoes']);
    expect((await titles({ sort: 'left' })).slice(0, 2)).toEqual(['Trail shoes', 'Planwerk week']);
  });

  it('takes the rate that the platform pays, or else the best', async () => {
    expect(await titles({ leastRateMicros: parseMicros('4') })).toEqual(['Planwerk week']);
    expect(await titles({ leastRateMicros: parseMicros('4'), platform: 'YOUTUBE' })).toEqual([]);
    expect(await titles({ sort: 'rate', platform: 'YOUTUBE' })).toEqual(['Last mile', 'Trail shoes', 'Planwerk week']);
  });

  it('finds words of the title or the brand by their beginning', async () => {
    expect(await titles({ search: 'trai' })).toEqual(['Trail shoes']);
    expect(await titles({ search: 'KESSLER week' })).toEqual(['Planwerk week']);
    expect(await titles({ search: '%' })).toEqual([]);
  });

  it('leaves archived ones out, or shows nothing else', async () => {
    expect(await titles({})).not.toContain('Hidden');
    expect(await titles({ archived: true })).toEqual(['Hidden']);
  });

  it.each(CAMPAIGN_SORTS)('sorted by %s, pages hold every campaign once', async (sort) => {
    const whole = await titles({ sort });
    expect(whole).toHaveLength(4);
    const paged: string[] = [];
    let after: SortedPlace | null = null;
    do {
      const page: Awaited<ReturnType<typeof browseCampaigns>> = await browseCampaigns(db.pool, {
        ...EVERYTHING,
        sort,
        after,
        limit: 1,
      });
      paged.push(...page.map(({ row }) => row.title));
      after = page.at(-1)?.place ?? null;
    } while (after !== null);
    expect(paged).toEqual(whole);
  });
});

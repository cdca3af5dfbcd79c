import { platformNotice } from '@clipmeter/core/platform-notice';
import { newId } from '@clipmeter/db/new-id';
import { noteTracker } from '@clipmeter/db/tracker-instances';
import { type ApiWorld, createApiWorld, NEW_CAMPAIGN, newTikTokLink, submittedNow } from '@clipmeter/testing/api-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';

let api: ApiWorld;
let admin: Viewer;
let ann: Viewer;
let bob: Viewer;
let campaignId: string;
let annsClip: { clipId: string; submissionId: string; userId: string };
let bobsClip: typeof annsClip;

async function approvedClip(viewer: Viewer, views: bigint) {
  const { id, clipId } = submittedNow(await api.as(viewer).submissions.submit({ campaignId, link: newTikTokLink() }));
  await api.as(admin).submissions.approve({ id });
  const clip = { clipId, submissionId: id, userId: viewer.userId };
  await api.world.read([[clip, { plays: views }]]);
  return clip;
}

beforeAll(async () => {
  api = await createApiWorld();
  admin = await api.addViewer('ADMIN', 'Ada');
  ann = await api.addClipper('Ann');
  bob = await api.addClipper('Bob');
  ({ id: campaignId } = await api.as(admin).campaigns.create(NEW_CAMPAIGN));
  await api.as(admin).campaigns.publish({ id: campaignId });
  annsClip = await approvedClip(ann, 1_000n);
  bobsClip = await approvedClip(bob, 500n);
  await api.world.read([
    [annsClip, { plays: 2_000n }],
    [bobsClip, { plays: 3_500n }],
  ]);
});
afterAll(() => api.db.drop());

describe('a campaign’s page', () => {
  it('shows totals, what is left, the pace and the viewer’s own share', async () => {
    const page = await api.as(ann).campaigns.byId({ id: campaignId });
    expect(page).toMatchObject({
      campaign: {
        status: 'ACTIVE',
        budget: '100.000000',
        spent: '40.000000',
        left: '60.000000',
        clipsCount: 2,
        capPerClip: null,
      },
      totals: { clips: 2, clippers: 2, views: 5_500, growth: 4_000 },
      mine: { clips: 1, credited: '10.000000', pending: '10.000000' },
      latePlatforms: [],
      pace: { kind: 'early' },
    });
  });

  it('is previewed to a stranger with the link: its offer and its rules, nothing of anybody', async () => {
    const { campaign } = await api.as(null).campaigns.preview({ id: campaignId });
    expect(campaign).toMatchObject({ title: 'Launch', brand: 'Acme', ratePer1000: '10.000000', spent: '40.000000' });
    expect(Object.keys(campaign)).not.toContain('clips');
  });

  it('is not previewed while it is a draft, or when it was archived', async () => {
    const { id } = await api.as(admin).campaigns.create(NEW_CAMPAIGN);
    await expect(api.as(null).campaigns.preview({ id })).rejects.toThrow('There is no such campaign.');
    await api.as(admin).campaigns.publish({ id });
    await expect(api.as(null).campaigns.preview({ id })).resolves.toBeDefined();
    await api.db.pool.query('UPDATE campaigns SET archived_at = now() WHERE id = $1', [id]);
    await expect(api.as(null).campaigns.preview({ id })).rejects.toThrow('There is no such campaign.');
    await api.db.pool.query('UPDATE campaigns SET archived_at = NULL WHERE id = $1', [id]);
    await api.as(admin).campaigns.cancel({ id });
  });

  it('names the platforms that are late, in our words; what they said is for admins', async () => {
    await api.db.pool.query(
      "UPDATE platform_states SET status = 'DELAYED', reason = 'no answer' WHERE platform IN ('TIKTOK', 'X')",
    );
    const { latePlatforms } = await api.as(ann).campaigns.byId({ id: campaignId });
    const reason = platformNotice('TIKTOK', 'DELAYED');
    expect(latePlatforms).toMatchObject([{ platform: 'TIKTOK', status: 'DELAYED', reason }]);
    expect(JSON.stringify(await api.as(ann).platforms.status())).not.toContain('no answer');
    expect(JSON.stringify(await api.as(admin).tracker.overview())).toContain('no answer');
    await api.db.pool.query("UPDATE platform_states SET status = 'OK', reason = NULL");
  });

  it('ranks clips by growth and shows a clipper the earnings of own clips only', async () => {
    const { items, total } = await api.as(ann).campaigns.clips({ id: campaignId });
    expect(total).toBe(2);
    expect(items).toMatchObject([
      {
        clipId: bobsClip.clipId,
        rank: 1,
        views: 3_500,
        initialViews: 500,
        mine: false,
        credited: null,
        earnings: null,
        clipper: null,
      },
      { clipId: annsClip.clipId, rank: 2, views: 2_000, mine: true, credited: '10.000000', earnings: '10.000000' },
    ]);
  });

  it('shows an admin everyone’s earnings and names', async () => {
    const { items } = await api.as(admin).campaigns.clips({ id: campaignId });
    expect(items).toMatchObject([
      { credited: '30.000000', clipper: { name: 'Bob' } },
      { credited: '10.000000', clipper: { name: 'Ann' } },
    ]);
  });

  it('shows a clipper’s own clips even when they are not among the first', async () => {
    const { items } = await api.as(ann).campaigns.clips({ id: campaignId, limit: 1 });
    expect(items.map((clip) => clip.rank)).toEqual([1, 2]);
  });

  it('shows the clips of a paused campaign, whose next reads are parked', async () => {
    await api.as(admin).campaigns.pause({ id: campaignId });
    const { items } = await api.as(ann).campaigns.clips({ id: campaignId });
    expect(items.map((clip) => clip.nextReadAt)).toEqual([null, null]);
    await api.as(admin).campaigns.resume({ id: campaignId });
  });

  it('draws views and spend from the reads', async () => {
    const { points } = await api.as(ann).campaigns.chart({ id: campaignId, range: 'all' });
    expect(points.filter((point) => point.views !== null).at(-1)).toMatchObject({ views: 5_500, spent: '40.000000' });
    expect(points[0]).toMatchObject({ views: 1_000, spent: '0.000000' });
  });

  it('marks what happened, for a clipper without other people’s approvals', async () => {
    const labels = async (viewer: Viewer) =>
      (await api.as(viewer).campaigns.marks({ id: campaignId })).marks.map((mark) => mark.kind);
    expect((await labels(admin)).filter((kind) => kind === 'approval')).toHaveLength(2);
    expect((await labels(ann)).filter((kind) => kind === 'approval')).toHaveLength(1);
  });

  it('does not exist for a clipper while it is a draft', async () => {
    const { id } = await api.as(admin).campaigns.create(NEW_CAMPAIGN);
    const refused = { code: 'NOT_FOUND' };
    await expect(api.as(ann).campaigns.byId({ id })).rejects.toMatchObject(refused);
    await expect(api.as(ann).campaigns.clips({ id })).rejects.toMatchObject(refused);
    await expect(api.as(ann).campaigns.chart({ id })).rejects.toMatchObject(refused);
    await expect(api.as(ann).campaigns.marks({ id })).rejects.toMatchObject(refused);
    await expect(api.as(admin).campaigns.byId({ id })).resolves.toMatchObject({ campaign: { id } });
  });
});

describe('the list of campaigns', () => {
  it('goes page by page, newest first, each campaign once', async () => {
    for (const title of ['One', 'Two', 'Three']) {
      const { id } = await api.as(admin).campaigns.create({ ...NEW_CAMPAIGN, title, brand: '100% Pages' });
      await api.as(admin).campaigns.publish({ id });
    }
    const titles: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<ReturnType<typeof api.as>['campaigns']['list']>> = await api
        .as(ann)
        .campaigns.list({ search: '100% p', limit: 2, cursor });
      titles.push(...page.items.map((item) => item.title));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(titles.toSorted()).toEqual(['One', 'Three', 'Two']);
  });

  it('holds drafts for admins only, whatever is asked for', async () => {
    const { items } = await api.as(ann).campaigns.list({ status: ['DRAFT'], limit: 100 });
    expect(items).toEqual([]);
    expect((await api.as(admin).campaigns.list({ status: ['DRAFT'] })).items.length).toBeGreaterThan(0);
  });

  it('refuses a page that no list gave', async () => {
    await expect(api.as(ann).campaigns.list({ cursor: "1_'; --" })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('a clipper’s summary', () => {
  it('is the ledger’s balances and nothing else', async () => {
    const summary = await api.as(ann).me.summary();
    expect(summary).toMatchObject({
      currency: 'USD',
      pending: '10.000000',
      available: '0.000000',
      lifetime: '10.000000',
      totals: { clips: 1, views: 2_000, growth: 1_000, waiting: 0 },
    });
    expect(summary.balances).toContainEqual(
      expect.objectContaining({ kind: 'pending', campaignId, balance: '10.000000' }),
    );
  });
});

describe('the tracker’s page', () => {
  it('shows platforms, runs and what today cost', async () => {
    const overview = await api.as(admin).tracker.overview();
    expect(overview.platforms.map((platform) => platform.platform)).toEqual(['INSTAGRAM', 'TIKTOK', 'X', 'YOUTUBE']);
    expect(overview.runs).toHaveLength(3);
    expect(overview.runs[0]).toMatchObject({ platform: 'TIKTOK', status: 'SETTLED', claimed: 2, read: 2 });
    expect(overview.follower.lagMs).toBeNull();
    expect(overview.alerts).toEqual([]);
  });

  it('shows the trackers that run, and how far the slowest one is behind', async () => {
    const tracker = { host: 'here', pid: 1, startedAt: api.world.now(), now: api.world.now() };
    await noteTracker(api.db.pool, { ...tracker, id: newId(), followerLagMs: 12 });
    await noteTracker(api.db.pool, { ...tracker, id: newId(), followerLagMs: 250 });
    await noteTracker(api.db.pool, {
      ...tracker,
      id: newId(),
      now: new Date(api.world.now().getTime() - 60_000),
      followerLagMs: 9_000,
    });
    const overview = await api.as(admin).tracker.overview();
    expect(overview.trackers).toHaveLength(2);
    expect(overview.follower.lagMs).toBe(250);
  });
});

describe('the viewer', () => {
  it('is nobody without a session', async () => {
    expect(await api.as(null).session.viewer()).toEqual({ viewer: null, viewsSource: null });
    expect((await api.as(ann).session.viewer()).viewer).toEqual({
      userId: ann.userId,
      name: 'Ann',
      email: ann.email,
      role: 'CLIPPER',
    });
  });
});

describe('the pace of a budget', () => {
  it('is a range once three reads are behind it: the slower and the faster half of the time', async () => {
    const { id } = await api.as(admin).campaigns.create({ ...NEW_CAMPAIGN, budget: '1000' });
    await api.as(admin).campaigns.publish({ id });
    const submitted = submittedNow(await api.as(ann).submissions.submit({ campaignId: id, link: newTikTokLink() }));
    await api.as(admin).submissions.approve({ id: submitted.id });
    const clip = { clipId: submitted.clipId, submissionId: submitted.id, userId: ann.userId };
    const readAfter = async (hours: number, plays: bigint) => {
      api.world.advance(hours * 3_600_000);
      await api.world.read([[clip, { plays }]]);
    };
    const paceNow = async () => (await api.as(ann).campaigns.byId({ id })).pace;

    await readAfter(0, 1_000n);
    await readAfter(4, 2_000n);
    expect(await paceNow()).toEqual({ kind: 'early' });
    await readAfter(5, 3_000n);
    await readAfter(1, 4_000n);
    const pace = await paceNow();
    // $10 in the first five hours of ten, $20 in the last five.
    expect(pace).toMatchObject({ kind: 'moving' });
    if (pace?.kind !== 'moving') throw new Error('checked above');
    expect(Number(pace.slowPerDay)).toBeCloseTo(48, 0);
    expect(Number(pace.fastPerDay)).toBeCloseTo(96, -1);
  });
});

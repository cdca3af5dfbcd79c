import { formatAudit, runAudit } from '@clipmeter/db/audit';
import { type ApiWorld, createApiWorld, NEW_CAMPAIGN } from '@clipmeter/testing/api-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';

let api: ApiWorld;
let admin: Viewer;
let clipper: Viewer;

beforeAll(async () => {
  api = await createApiWorld();
  admin = await api.addViewer('ADMIN');
  clipper = await api.addViewer('CLIPPER');
});
afterAll(() => api.db.drop());

const campaigns = () => api.as(admin).campaigns;

async function draft(overrides: Partial<Parameters<ReturnType<typeof campaigns>['create']>[0]> = {}): Promise<string> {
  return (await campaigns().create({ ...NEW_CAMPAIGN, ...overrides })).id;
}

async function active(): Promise<string> {
  const id = await draft();
  await campaigns().publish({ id });
  return id;
}

/** A moment from now, on the world's clock. */
const inHours = (hours: number) => new Date(api.world.now().getTime() + hours * 3_600_000).toISOString();

const pageOf = async (id: string, viewer = admin) => (await api.as(viewer).campaigns.byId({ id })).campaign;

async function lastAudit(id: string): Promise<{ action: string; details: Record<string, unknown> }> {
  const { rows } = await api.db.pool.query<{ action: string; details: Record<string, unknown> }>(
    'SELECT action, details FROM audit_log WHERE subject_id = $1 ORDER BY id DESC LIMIT 1',
    [id],
  );
  if (rows[0] === undefined) throw new Error('nothing was recorded');
  return rows[0];
}

async function balanceOf(campaignId: string): Promise<string | undefined> {
  const { rows } = await api.db.pool.query<{ balance: string }>(
    `SELECT balance FROM ledger_accounts WHERE kind = 'budget' AND campaign_id = $1`,
    [campaignId],
  );
  return rows[0]?.balance;
}

async function expectNoDifference(): Promise<void> {
  const report = await runAudit(api.db.pool);
  expect(report.differences, formatAudit(report)).toBe(0);
}

describe('editing', () => {
  it('changes what is sent and nothing else, and keeps what was before and after', async () => {
    const id = await draft();
    await campaigns().edit({
      id,
      changes: {
        title: 'Winter launch',
        requirements: 'Show the logo\nAt least 15 seconds',
        materialUrl: 'https://example.com/material',
        rates: [
          { platform: 'YOUTUBE', ratePer1000: '12.5' },
          { platform: 'TIKTOK', ratePer1000: '10' },
          { platform: 'X', ratePer1000: '3' },
        ],
      },
    });
    expect(await pageOf(id)).toMatchObject({
      title: 'Winter launch',
      brand: NEW_CAMPAIGN.brand,
      requirements: 'Show the logo\nAt least 15 seconds',
      materialUrl: 'https://example.com/material',
      // A rate equal to the campaign's, or of a platform that it does not take, says nothing.
      rates: [{ platform: 'YOUTUBE', ratePer1000: '12.500000' }],
      deadline: NEW_CAMPAIGN.deadline,
    });
    const { action, details } = await lastAudit(id);
    expect(action).toBe('campaign.edit');
    expect(details).toEqual({
      before: { title: 'Launch', requirements: '', materialUrl: null, rates: [] },
      after: {
        title: 'Winter launch',
        requirements: 'Show the logo\nAt least 15 seconds',
        materialUrl: 'https://example.com/material',
        rates: [{ platform: 'YOUTUBE', ratePer1000: '12.500000' }],
      },
    });
  });

  it('tells open pages, and is silent when nothing changes', async () => {
    const id = await draft();
    const edited = async () =>
      (await api.db.pool.query(`SELECT FROM events WHERE topic = $1 AND type = 'campaign.edited'`, [`campaign:${id}`]))
        .rowCount;
    await campaigns().edit({ id, changes: { title: 'Other' } });
    await campaigns().edit({ id, changes: { title: 'Other', budget: '100' } });
    expect(await edited()).toBe(1);
  });

  it('moves a draft’s money with its budget, both ways, to the micro', async () => {
    const id = await draft({ budget: '1000' });
    await campaigns().edit({ id, changes: { budget: '1500.25' } });
    expect(await balanceOf(id)).toBe('1500.250000');
    await campaigns().edit({ id, changes: { budget: '100.000001' } });
    expect(await balanceOf(id)).toBe('100.000001');
    expect(await pageOf(id)).toMatchObject({ budget: '100.000001', left: '100.000001' });
    await campaigns().publish({ id });
    const clip = await api.world.addClip(id, 1_000n);
    await api.world.read([[clip, { plays: 2_000n }]]);
    await expectNoDifference();
  });

  it('leaves a published budget to top-ups, and what has started as it started', async () => {
    const id = await active();
    const edit = (changes: Parameters<ReturnType<typeof campaigns>['edit']>[0]['changes']) =>
      campaigns().edit({ id, changes });
    await expect(edit({ budget: '50' })).rejects.toThrow('changes by a top-up only');
    await expect(edit({ startsAt: inHours(2) })).rejects.toThrow('its start cannot change');
    await expect(edit({ deadline: inHours(-2) })).rejects.toThrow('The deadline has passed: set a later one.');
    await expect(edit({ deadline: null })).rejects.toThrow('Set a deadline.');
    await edit({ deadline: inHours(2) });
    await campaigns().complete({ id });
    await expect(edit({ title: 'Too late' })).rejects.toThrow('closing');
    expect(await pageOf(id)).toMatchObject({ budget: '100.000000', title: 'Launch' });
  });

  it('keeps a start for what is upcoming', async () => {
    const id = await draft({ startsAt: inHours(5) });
    await campaigns().publish({ id });
    await expect(campaigns().edit({ id, changes: { startsAt: null } })).rejects.toThrow('needs a start');
    await campaigns().edit({ id, changes: { startsAt: inHours(9) } });
    expect(await pageOf(id, clipper)).toMatchObject({ status: 'SCHEDULED' });
  });

  it('gives a new rate and cap to later approvals; what is approved keeps its own', async () => {
    const id = await active();
    const early = await api.world.addClip(id, 0n);
    await campaigns().edit({ id, changes: { ratePer1000: '20', capPerClip: '30' } });
    const late = await api.world.addClip(id, 0n);
    await api.world.read([
      [early, { plays: 2_000n }],
      [late, { plays: 2_000n }],
    ]);
    const { rows } = await api.db.pool.query<{ clip_id: string; earnings: string }>(
      'SELECT s.clip_id, c.earnings FROM clip_submissions s JOIN clips c ON c.id = s.clip_id WHERE s.campaign_id = $1',
      [id],
    );
    expect(new Map(rows.map((row) => [row.clip_id, row.earnings]))).toEqual(
      new Map([
        [early.clipId, '20.000000'],
        [late.clipId, '30.000000'],
      ]),
    );
    await expectNoDifference();
  });

  it('of the terms is marked on the chart, but for what the draft went through', async () => {
    const id = await draft();
    await campaigns().edit({ id, changes: { ratePer1000: '5', budget: '120' } });
    api.world.advance(1_000);
    await campaigns().publish({ id });
    await campaigns().edit({ id, changes: { title: 'Other', ratePer1000: '7.5' } });
    api.world.advance(1_000);
    await campaigns().edit({ id, changes: { capPerClip: '50' } });
    const { marks } = await api.as(clipper).campaigns.marks({ id });
    expect(marks.filter((mark) => mark.kind !== 'status').map((mark) => mark.label)).toEqual([
      'Rate $7.50, was $5.00',
      'Most a clip can earn: $50.00, was no limit',
    ]);
  });

  it('by two admins at once keeps both changes', async () => {
    const id = await draft();
    const second = await api.addViewer('ADMIN');
    await Promise.all([
      campaigns().edit({ id, changes: { title: 'A' } }),
      api.as(second).campaigns.edit({ id, changes: { brand: 'B' } }),
    ]);
    expect(await pageOf(id)).toMatchObject({ title: 'A', brand: 'B' });
  });
});

describe('publishing', () => {
  it('says all that is missing', async () => {
    const id = await draft({ deadline: null, minViews: 1_000_000 });
    await expect(campaigns().publish({ id })).rejects.toMatchObject({
      code: 'CONFLICT',
      message:
        'Set a deadline. The budget ends before a clip reaches the minimum views: raise the one or lower the other.',
    });
    expect(await pageOf(id)).toMatchObject({ status: 'DRAFT' });
  });
});

describe('a duplicate', () => {
  it('is a draft of the same offer with money of its own and no times, also of what has ended', async () => {
    const id = await active();
    await campaigns().edit({ id, changes: { rates: [{ platform: 'YOUTUBE', ratePer1000: '7' }], minViews: 100 } });
    await campaigns().cancel({ id });
    const newId = crypto.randomUUID();
    const copies = await Promise.all([1, 2].map(() => campaigns().duplicate({ id, newId })));
    expect(copies.map((copy) => copy.id)).toEqual([newId, newId]);
    expect(await pageOf(newId)).toMatchObject({
      status: 'DRAFT',
      title: NEW_CAMPAIGN.title,
      budget: '100.000000',
      spent: '0.000000',
      minViews: 100,
      rates: [{ platform: 'YOUTUBE', ratePer1000: '7.000000' }],
      startsAt: null,
      deadline: null,
    });
    expect(await balanceOf(newId)).toBe('100.000000');
    expect(await balanceOf(id)).toBe('0.000000');
    expect((await lastAudit(newId)).details).toMatchObject({ copyOf: id });
  });
});

describe('archiving', () => {
  it('hides what does not run, touches no money, and is undone', async () => {
    const id = await draft({ title: 'To be archived' });
    const listed = async (viewer: Viewer, archived: boolean) =>
      (await api.as(viewer).campaigns.list({ search: 'archived', archived })).items.map((item) => item.id);
    await campaigns().archive({ id });
    await campaigns().archive({ id });
    expect(await listed(admin, false)).toEqual([]);
    expect(await listed(admin, true)).toEqual([id]);
    expect(await balanceOf(id)).toBe('100.000000');
    await expect(campaigns().publish({ id })).rejects.toThrow('restore it before publishing');
    await campaigns().restore({ id });
    expect(await listed(admin, false)).toEqual([id]);
    await campaigns().publish({ id });
    await expect(campaigns().archive({ id })).rejects.toThrow('An active campaign cannot be archived.');
    await campaigns().cancel({ id });
    await campaigns().archive({ id });
    expect(await listed(clipper, false)).toEqual([]);
    expect(await listed(clipper, true)).toEqual([]);
  });
});

describe('a picture', () => {
  const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100)]);
  const upload = (bytes: Buffer) => api.as(admin).images.upload({ base64: bytes.toString('base64') });

  it('is kept and shown on the campaign', async () => {
    const { id: imageId } = await upload(PNG);
    const id = await draft({ imageId });
    expect(await pageOf(id)).toMatchObject({ imageId });
  });

  it('is judged by its bytes and its size', async () => {
    await expect(upload(Buffer.from('<svg onload="alert(1)"/>'))).rejects.toThrow('That is no picture');
    const large = Buffer.concat([PNG, Buffer.alloc(2 * 1024 * 1024)]);
    await expect(upload(large)).rejects.toThrow('A picture may have at most 2 MB.');
    await expect(draft({ imageId: crypto.randomUUID() })).rejects.toThrow('upload it again');
  });
});

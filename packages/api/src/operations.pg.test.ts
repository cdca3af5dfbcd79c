import { type ApiWorld, createApiWorld, NEW_CAMPAIGN, newTikTokLink, submittedNow } from '@clipmeter/testing/api-world';
import { campaignRow } from '@clipmeter/testing/settlement-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';
import { createCaller } from '#src/routers/app-router.ts';

let api: ApiWorld;
let admin: Viewer;
let clipper: Viewer;

beforeAll(async () => {
  api = await createApiWorld();
  admin = await api.addViewer('ADMIN');
  clipper = await api.addClipper();
});
afterAll(() => api.db.drop());

async function activeCampaign(overrides: Partial<typeof NEW_CAMPAIGN> = {}): Promise<string> {
  const { id } = await api.as(admin).campaigns.create({ ...NEW_CAMPAIGN, ...overrides });
  await api.as(admin).campaigns.publish({ id });
  return id;
}

async function approvedClip(campaignId: string, views: bigint, viewer = clipper) {
  const submission = submittedNow(await api.as(viewer).submissions.submit({ campaignId, link: newTikTokLink() }));
  await api.as(admin).submissions.approve({ id: submission.id });
  const clip = { clipId: submission.clipId, submissionId: submission.id, userId: viewer.userId };
  await api.world.read([[clip, { plays: views }]]);
  return clip;
}

async function rows<T extends object>(sql: string, values: unknown[]): Promise<T[]> {
  return (await api.db.pool.query<T & Record<string, unknown>>(sql, values)).rows;
}

const actionsOn = async (id: string) =>
  (await rows<{ action: string }>('SELECT action FROM audit_log WHERE subject_id = $1 ORDER BY id', [id])).map(
    (row) => row.action,
  );

const balanceOf = async (kind: string, campaignId: string | null) =>
  (
    await rows<{ balance: string }>(
      'SELECT balance FROM ledger_accounts WHERE kind = $1 AND campaign_id IS NOT DISTINCT FROM $2',
      [kind, campaignId],
    )
  )[0]?.balance;

const eventsOf = (topic: string) =>
  rows<{ type: string; payload: Record<string, unknown> }>(
    'SELECT type, payload FROM events WHERE topic = $1 ORDER BY id',
    [topic],
  );

describe('a campaign', () => {
  it('is made as a draft, funded in full, and announced', async () => {
    const made = await api.as(admin).campaigns.create(NEW_CAMPAIGN);
    expect(made).toMatchObject({ status: 'DRAFT', closing: false });
    expect(await balanceOf('budget', made.id)).toBe('100.000000');
    expect(await actionsOn(made.id)).toEqual(['campaign.create']);
    expect(await eventsOf(`campaign:${made.id}`)).toMatchObject([
      { type: 'campaign.changed', payload: { status: 'DRAFT', budget: '100.000000' } },
    ]);
  });

  it('is made once, however often the same request comes', async () => {
    const { id } = await api.as(admin).campaigns.create(NEW_CAMPAIGN);
    await Promise.all([1, 2, 3].map(() => api.as(admin).campaigns.create({ ...NEW_CAMPAIGN, id, budget: '999' })));
    expect(await balanceOf('budget', id)).toBe('100.000000');
    expect(await actionsOn(id)).toEqual(['campaign.create']);
  });

  it('waits for its start when that is to come', async () => {
    const startsAt = new Date(api.world.now().getTime() + 3_600_000).toISOString();
    const { id } = await api.as(admin).campaigns.create({ ...NEW_CAMPAIGN, startsAt });
    expect(await api.as(admin).campaigns.publish({ id })).toMatchObject({ status: 'SCHEDULED' });
  });

  it('is not made with a deadline that has passed', async () => {
    const deadline = new Date(api.world.now().getTime() - 1).toISOString();
    await expect(api.as(admin).campaigns.create({ ...NEW_CAMPAIGN, deadline })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'The deadline must be in the future.',
    });
  });

  it('takes a top-up once for its id, and not after its end', async () => {
    const id = await activeCampaign();
    const topUp = { id, amount: '50.5', fundingId: crypto.randomUUID() };
    await api.as(admin).campaigns.topUp(topUp);
    await api.as(admin).campaigns.topUp(topUp);
    expect(await campaignRow(api.db.pool, id)).toMatchObject({ budget: '150.500000' });
    expect(await balanceOf('budget', id)).toBe('150.500000');
    await api.as(admin).campaigns.cancel({ id });
    await expect(api.as(admin).campaigns.topUp({ id, amount: '1' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'A cancelled campaign cannot be topped up.',
    });
    expect(await balanceOf('budget', id)).toBe('0.000000');
  });

  it('pays nothing while it is paused, and what grew meanwhile after it', async () => {
    const id = await activeCampaign();
    const clip = await approvedClip(id, 1_000n);
    await api.as(admin).campaigns.pause({ id });
    await api.world.read([[clip, { plays: 3_000n }]]);
    expect(await campaignRow(api.db.pool, id)).toMatchObject({ spent: '0.000000', status: 'PAUSED' });
    await api.as(admin).campaigns.resume({ id });
    await api.world.read([[clip, { plays: 3_000n }]]);
    expect(await campaignRow(api.db.pool, id)).toMatchObject({ spent: '20.000000', status: 'ACTIVE' });
    expect(await actionsOn(id)).toEqual(['campaign.create', 'campaign.publish', 'campaign.pause', 'campaign.resume']);
  });

  it('closes when an admin completes it, and takes no clips meanwhile', async () => {
    const id = await activeCampaign();
    await approvedClip(id, 1_000n);
    expect(await api.as(admin).campaigns.complete({ id })).toMatchObject({ status: 'ACTIVE', closing: true });
    expect(await api.as(admin).campaigns.complete({ id })).toMatchObject({ closing: true });
    expect(await actionsOn(id)).toEqual(['campaign.create', 'campaign.publish', 'campaign.complete']);
    const late = api.as(clipper).submissions.submit({ campaignId: id, link: newTikTokLink() });
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('closing') });
  });

  it('records each change of status with the settlement it came after', async () => {
    const id = await activeCampaign();
    const clip = await approvedClip(id, 1_000n);
    await api.world.read([[clip, { plays: 2_000n }]]);
    await api.as(admin).campaigns.pause({ id });
    const changes = await rows<{ from_status: string; to_status: string; settlement_number: string }>(
      'SELECT from_status, to_status, settlement_number FROM campaign_status_changes WHERE campaign_id = $1 ORDER BY id',
      [id],
    );
    expect(changes.map((row) => [row.from_status, row.to_status])).toEqual([
      [null, 'DRAFT'],
      ['DRAFT', 'ACTIVE'],
      ['ACTIVE', 'PAUSED'],
    ]);
    const [latest] = await rows<{ settlement_number: string }>(
      'SELECT settlement_number FROM campaigns WHERE id = $1',
      [id],
    );
    expect(changes.at(-1)?.settlement_number).toBe(latest?.settlement_number);
    expect(Number(latest?.settlement_number)).toBeGreaterThan(0);
  });
});

describe('a submission', () => {
  it('waits for an admin, then for the first read, which freezes its baseline', async () => {
    const campaignId = await activeCampaign();
    const submitted = submittedNow(await api.as(clipper).submissions.submit({ campaignId, link: newTikTokLink() }));
    expect(submitted).toMatchObject({ status: 'PENDING', approvalRequested: false });
    const approved = await api.as(admin).submissions.approve({ id: submitted.id });
    expect(approved).toMatchObject({ status: 'PENDING', approvalRequested: true });
    const clip = { clipId: submitted.clipId, submissionId: submitted.id, userId: clipper.userId };
    await api.world.read([[clip, { plays: 1_000n }]]);
    const [row] = await rows('SELECT status, initial_views, payout_rate FROM clip_submissions WHERE id = $1', [
      submitted.id,
    ]);
    expect(row).toMatchObject({ status: 'APPROVED', initial_views: '1000', payout_rate: '10.000000' });
    expect(await actionsOn(submitted.id)).toEqual(['submission.submit', 'submission.approve']);
  });

  it('is refused for a video that another one holds, in words that say whose', async () => {
    const campaignId = await activeCampaign();
    const link = newTikTokLink();
    await api.as(clipper).submissions.submit({ campaignId, link });
    const other = await api.addClipper();
    await expect(api.as(clipper).submissions.submit({ campaignId, link: `${link}?lang=en` })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'You have submitted this video already.',
    });
    await expect(api.as(other).submissions.submit({ campaignId, link })).rejects.toMatchObject({
      message:
        'Somebody else has submitted this video. It is being read for whose it is: if it is yours, try again in a minute.',
    });
  });

  it('holds a video for one of those who submit it at the same moment', async () => {
    const campaignId = await activeCampaign();
    const link = newTikTokLink();
    const others = await Promise.all([1, 2, 3, 4].map(() => api.addClipper()));
    const results = await Promise.allSettled(
      others.map((viewer) => api.as(viewer).submissions.submit({ campaignId, link })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CONFLICT' });
  });

  it('is rejected with a reason that its clipper is told, and frees the video', async () => {
    const campaignId = await activeCampaign();
    const link = newTikTokLink();
    const { id } = await api.as(clipper).submissions.submit({ campaignId, link });
    await api.as(admin).submissions.approve({ id });
    await api.as(admin).submissions.reject({ id, reason: 'The logo is missing.' });
    expect((await eventsOf(`user:${clipper.userId}`)).slice(-2)).toMatchObject([
      { type: 'notification.created', payload: { body: 'The logo is missing.' } },
      { type: 'submission.changed', payload: { submissionId: id, status: 'REJECTED' } },
    ]);
    await expect(api.as(admin).submissions.approve({ id })).rejects.toMatchObject({
      message: 'A rejected submission cannot be approved.',
    });
    expect(await api.as(clipper).submissions.submit({ campaignId, link })).toMatchObject({ status: 'PENDING' });
  });

  it('is refused for a platform that the campaign does not take, and for what is no clip', async () => {
    const campaignId = await activeCampaign();
    const submit = (link: string) => api.as(clipper).submissions.submit({ campaignId, link });
    await expect(submit('https://x.com/someone/status/1234567890')).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'This campaign takes clips from TikTok, YouTube, not from X.',
    });
    await expect(submit('https://example.com/')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('can be approved only while its campaign runs', async () => {
    const campaignId = await activeCampaign();
    const { id } = await api.as(clipper).submissions.submit({ campaignId, link: newTikTokLink() });
    await api.as(admin).campaigns.cancel({ id: campaignId });
    await expect(api.as(admin).submissions.approve({ id })).rejects.toMatchObject({
      message: 'Clips can be approved only while their campaign runs.',
    });
  });

  it('approved ten at a time by two admins is approved once each, without a deadlock', async () => {
    const campaignId = await activeCampaign();
    const submissions = await Promise.all(
      Array.from({ length: 10 }, () => api.as(clipper).submissions.submit({ campaignId, link: newTikTokLink() })),
    );
    const second = await api.addViewer('ADMIN');
    const both = [...submissions, ...submissions.toReversed()];
    const answers = await Promise.allSettled(
      both.map(({ id }, i) => api.as(i < 10 ? admin : second).submissions.approve({ id })),
    );
    const late = answers.filter((answer) => answer.status === 'rejected');
    expect(late).toHaveLength(10);
    for (const { reason } of late) {
      expect(reason).toMatchObject({ code: 'CONFLICT', message: 'ADMIN approved it already.' });
    }
    for (const { id } of submissions) expect(await actionsOn(id)).toEqual(['submission.submit', 'submission.approve']);
  });
});

describe('what goes wrong', () => {
  it('inside is told to nobody but the log, which the request id finds', async () => {
    const brokenClock = () => {
      throw new Error('a secret of ours');
    };
    const broken = { ...api.contextOf(admin), now: brokenClock };
    await expect(createCaller(broken).campaigns.create(NEW_CAMPAIGN)).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something went wrong on our side. If it happens again, tell us this number: request-1',
    });
    expect(api.logged.at(-1)).toMatchObject({ requestId: 'request-1', path: 'campaigns.create' });
  });

  it('in an input is said in one sentence', async () => {
    await expect(api.as(admin).campaigns.create({ ...NEW_CAMPAIGN, budget: '12,50' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'budget: Enter an amount such as 1000 or 12.50.',
    });
  });
});

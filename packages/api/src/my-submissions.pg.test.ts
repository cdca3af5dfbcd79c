import { newId } from '@clipmeter/db/new-id';
import { type ApiWorld, createApiWorld, NEW_CAMPAIGN, newTikTokLink, submittedNow } from '@clipmeter/testing/api-world';
import { verifyAccounts } from '@clipmeter/testing/verified-accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';

let api: ApiWorld;
let admin: Viewer;
let clipper: Viewer;
let campaignId: string;

beforeAll(async () => {
  api = await createApiWorld();
  admin = await api.addViewer('ADMIN');
  ({ id: campaignId } = await api.as(admin).campaigns.create(NEW_CAMPAIGN));
  await api.as(admin).campaigns.publish({ id: campaignId });
});
beforeEach(async () => {
  clipper = await api.addClipper();
});
afterAll(() => api.db.drop());

const mine = (viewer = clipper) => api.as(viewer).mySubmissions;
const submit = async (viewer = clipper, link = newTikTokLink()) =>
  submittedNow(await api.as(viewer).submissions.submit({ campaignId, link }));

describe('submitting', () => {
  it('is refused without a proved account on the platform, for short links too', async () => {
    const nobody = await api.addViewer('CLIPPER');
    await verifyAccounts(api.db.pool, nobody.userId, ['YOUTUBE']);
    const message = 'Verify a TikTok account of yours first: clips count only from there.';
    await expect(submit(nobody)).rejects.toMatchObject({ message });
    await expect(submit(nobody, 'https://vm.tiktok.com/ZMabc/')).rejects.toMatchObject({ message });
  });

  it('is for accounts that were not removed since', async () => {
    await api.db.pool.query('UPDATE social_accounts SET removed_at = now() WHERE user_id = $1', [clipper.userId]);
    await expect(submit()).rejects.toMatchObject({ message: expect.stringContaining('Verify a TikTok account') });
  });

  it('has the video read at once', async () => {
    const { id, clipId } = await submit();
    const { rows } = await api.db.pool.query(
      'SELECT urgent, next_due_at <= $2 AS due FROM clip_schedules WHERE clip_id = $1',
      [clipId, api.world.now()],
    );
    expect(rows).toEqual([{ urgent: true, due: true }]);
    expect((await mine().byId({ id })).submission).toMatchObject({ status: 'PENDING', firstReadAt: null, views: null });
  });

  it('is possible 30 times an hour, repeats not counted', async () => {
    const id = newId();
    const link = newTikTokLink();
    for (let repeat = 0; repeat < 3; repeat += 1) await api.as(clipper).submissions.submit({ id, campaignId, link });
    for (let count = 1; count < 30; count += 1) await submit();
    await expect(submit()).rejects.toMatchObject({ message: expect.stringContaining('Too many submissions.') });
    expect((await mine().counts()).counts.PENDING).toBe(30);
    await api.as(clipper).submissions.submit({ id, campaignId, link });
  });
});

describe('a check while one types', () => {
  const check = (link: string, viewer = clipper, id: string | null = campaignId) =>
    mine(viewer).check({ campaignId: id, link });

  it('finds nothing wrong, and writes nothing', async () => {
    expect(await check(newTikTokLink())).toEqual({ refusal: null, needsAccount: null });
    expect((await mine().list({})).items).toEqual([]);
  });

  it('says what submitting would say', async () => {
    const taken = newTikTokLink();
    await submit(await api.addClipper(), taken);
    const own = newTikTokLink();
    await submit(clipper, own);
    const draft = await api.as(admin).campaigns.create(NEW_CAMPAIGN);
    const stranger = await api.addViewer('CLIPPER');
    const refusals = await Promise.all([
      check('https://example.com/1'),
      check('https://www.instagram.com/reel/Cabc123/'),
      check(taken),
      check(own),
      check(newTikTokLink(), clipper, draft.id),
      check(newTikTokLink(), stranger),
    ]);
    expect(refusals).toEqual([
      { refusal: 'That is not a TikTok, YouTube, Instagram or X link.', needsAccount: null },
      { refusal: 'This campaign takes clips from TikTok, YouTube, not from Instagram.', needsAccount: null },
      {
        refusal:
          'Somebody else has submitted this video. It is being read for whose it is: if it is yours, try again in a minute.',
        needsAccount: null,
      },
      { refusal: 'You have submitted this video already.', needsAccount: null },
      { refusal: 'There is no such campaign.', needsAccount: null },
      {
        refusal: 'Verify a TikTok account of yours first: clips count only from there.',
        needsAccount: 'TIKTOK',
      },
    ]);
  });

  it('says that somebody has the video once it was read for whose it is', async () => {
    const taken = newTikTokLink();
    const { id } = await submit(await api.addClipper(), taken);
    await api.db.pool.query('UPDATE clip_submissions SET first_read_at = now() WHERE id = $1', [id]);
    expect(await check(taken)).toMatchObject({ refusal: 'This video has been submitted by somebody else already.' });
  });

  it('needs no campaign yet', async () => {
    expect(await check('https://www.instagram.com/reel/Cabc123/', clipper, null)).toMatchObject({ refusal: null });
  });
});

it('the choices are the campaigns that take clips now and the accounts to submit from', async () => {
  const { id: paused } = await api.as(admin).campaigns.create(NEW_CAMPAIGN);
  await api.as(admin).campaigns.publish({ id: paused });
  await api.as(admin).campaigns.pause({ id: paused });
  const { campaigns, accounts } = await mine().choices();
  expect(campaigns.map(({ id }) => id)).toEqual([campaignId]);
  expect(accounts.map(({ platform }) => platform)).toEqual(['INSTAGRAM', 'TIKTOK', 'X', 'YOUTUBE']);
});

describe('the list', () => {
  it('comes newest first, by status and page by page, and is nobody else’s', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      api.world.advance(1_000);
      ids.unshift((await submit()).id);
    }
    await submit(await api.addClipper());
    await api.as(admin).submissions.reject({ id: ids[1] ?? '', reason: 'Too short.' });
    await mine().withdraw({ id: ids[3] ?? '' });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<ReturnType<typeof mine>['list']>> = await mine().list({ cursor, limit: 2 });
      seen.push(...page.items.map(({ submissionId }) => submissionId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(ids);
    const rejected = await mine().list({ status: 'REJECTED' });
    expect(rejected.items).toMatchObject([{ submissionId: ids[1], reason: 'Too short.' }]);
    expect((await mine().counts()).counts).toMatchObject({ PENDING: 3, REJECTED: 1, WITHDRAWN: 1, APPROVED: 0 });
    await expect(mine(await api.addClipper()).byId({ id: ids[0] ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a short link has its place until it is a submission', async () => {
    const { id } = await api.as(clipper).submissions.submit({ campaignId, link: 'https://vm.tiktok.com/ZMxyz/' });
    expect(await mine().byId({ id })).toMatchObject({ submission: null, link: { linkId: id, status: 'WAITING' } });
  });
});

describe('withdrawing', () => {
  it('frees the video and stops its read; a repeat changes nothing', async () => {
    const link = newTikTokLink();
    const { id, clipId } = await submit(clipper, link);
    expect(await mine().withdraw({ id })).toMatchObject({ status: 'WITHDRAWN' });
    expect(await mine().withdraw({ id })).toMatchObject({ status: 'WITHDRAWN' });
    const { rows } = await api.db.pool.query('SELECT FROM clip_schedules WHERE clip_id = $1', [clipId]);
    expect(rows).toEqual([]);
    const again = await submit(await api.addClipper(), link);
    expect(again.clipId).toBe(clipId);
  });

  it('is for one’s own, and only while nobody has decided', async () => {
    const { id } = await submit();
    await expect(mine(await api.addClipper()).withdraw({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await api.as(admin).submissions.reject({ id, reason: 'No.' });
    await expect(mine().withdraw({ id })).rejects.toMatchObject({
      message: 'A rejected submission cannot be withdrawn.',
    });
  });

  it('tells the clipper’s pages and the admins’ queue', async () => {
    const { id } = await submit();
    await mine().withdraw({ id });
    const { rows } = await api.db.pool.query<{ topic: string; status: string }>(
      `SELECT topic, payload->>'status' AS status FROM events
       WHERE type = 'submission.changed' AND payload->>'submissionId' = $1 ORDER BY id DESC LIMIT 2`,
      [id],
    );
    expect(rows.map(({ topic, status }) => [topic.split(':')[0], status]).toSorted()).toEqual([
      ['admin', 'WITHDRAWN'],
      ['user', 'WITHDRAWN'],
    ]);
  });
});

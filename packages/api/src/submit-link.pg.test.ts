import { parseClipLink } from '@clipmeter/core/clip-link';
import { claimLinks, type LinkResolution } from '@clipmeter/db/link-resolution';
import { newId } from '@clipmeter/db/new-id';
import { withTransaction } from '@clipmeter/db/transaction';
import { type ApiWorld, createApiWorld, NEW_CAMPAIGN, newTikTokLink } from '@clipmeter/testing/api-world';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';
import { finishLink } from '#src/operations/finish-link.ts';
import { submitVideo } from '#src/operations/submit-clip.ts';

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

const SHORT = 'https://vm.tiktok.com/ZMabc/?k=1';
const submit = (viewer: Viewer, link: string, id?: string) =>
  api.as(viewer).submissions.submit({ id, campaignId, link });

function videoOf(link: string) {
  const clip = parseClipLink(link);
  if (clip.kind !== 'clip') throw new Error('not a video');
  return clip;
}

/** The link as the tracker takes it. */
async function claimed(id: string): Promise<LinkResolution> {
  const now = api.world.now();
  const until = new Date(now.getTime() + 60_000);
  const links = await withTransaction(api.db.pool, (tx) => claimLinks(tx, { now, until, limit: 1_000 }));
  const link = links.find((candidate) => candidate.id === id);
  if (link === undefined) throw new Error('that link was not due');
  return link;
}

async function linkEvents(viewer: Viewer) {
  const { rows } = await api.db.pool.query<{ payload: Record<string, unknown> }>(
    "SELECT payload FROM events WHERE topic = $1 AND type = 'link.changed' ORDER BY id",
    [`user:${viewer.userId}`],
  );
  return rows.map(({ payload }) => payload);
}

async function noticesOf(viewer: Viewer) {
  const { rows } = await api.db.pool.query('SELECT kind, body FROM notifications WHERE user_id = $1', [viewer.userId]);
  return rows;
}

describe('a short link', () => {
  it('is recorded and announced, once, however often the same request comes', async () => {
    const id = newId();
    const answers = await Promise.all([1, 2, 3].map(() => submit(clipper, SHORT, id).catch(() => null)));
    expect(answers).toContainEqual({ id, clipId: null, status: 'RESOLVING', approvalRequested: false });
    expect(await submit(clipper, SHORT, id)).toMatchObject({ id, status: 'RESOLVING' });
    expect(await linkEvents(clipper)).toMatchObject([
      { linkId: id, campaignId, url: 'https://vm.tiktok.com/ZMabc/', status: 'WAITING', reason: null },
    ]);
  });

  it('becomes the submission of the same id', async () => {
    const { id } = await submit(clipper, SHORT);
    const link = await claimed(id);
    const clip = videoOf(newTikTokLink());
    expect(await finishLink(api.contextOf(null), link, { kind: 'resolved', clip })).toEqual({
      status: 'RESOLVED',
      submissionId: id,
    });
    expect(await linkEvents(clipper)).toMatchObject([{ status: 'WAITING' }, { status: 'RESOLVED', submissionId: id }]);
    expect(await submit(clipper, SHORT, id)).toMatchObject({ id, status: 'PENDING', clipId: expect.any(String) });
    expect(await noticesOf(clipper)).toEqual([]);
  });

  it('is submitted once when the tracker dies between the submission and its record, or delivers twice', async () => {
    const { id } = await submit(clipper, SHORT);
    const link = await claimed(id);
    const clip = videoOf(newTikTokLink());
    const deps = api.contextOf(null);
    await submitVideo(deps, clipper, { id, campaignId, clip });
    await Promise.all([1, 2].map(() => finishLink(deps, link, { kind: 'resolved', clip })));
    await finishLink(deps, link, { kind: 'resolved', clip });
    const { rows } = await api.db.pool.query('SELECT id FROM clip_submissions WHERE user_id = $1', [clipper.userId]);
    expect(rows).toEqual([{ id }]);
    expect(await linkEvents(clipper)).toMatchObject([{ status: 'WAITING' }, { status: 'RESOLVED' }]);
  });

  it('that leads nowhere is refused in one sentence: in the event, in a notice, and at a repeat', async () => {
    const { id } = await submit(clipper, SHORT);
    const sentence = 'That TikTok link leads to no video. Open the video and copy its link.';
    const link = await claimed(id);
    await finishLink(api.contextOf(null), link, { kind: 'refused', sentence });
    await finishLink(api.contextOf(null), link, { kind: 'refused', sentence });
    expect(await linkEvents(clipper)).toMatchObject([{ status: 'WAITING' }, { status: 'FAILED', reason: sentence }]);
    expect(await noticesOf(clipper)).toEqual([{ kind: 'link.failed', body: sentence }]);
    await expect(submit(clipper, SHORT, id)).rejects.toMatchObject({ code: 'BAD_REQUEST', message: sentence });
  });

  it('is listed for its clipper and for nobody else', async () => {
    const failed = await submit(clipper, SHORT);
    await finishLink(api.contextOf(null), await claimed(failed.id), { kind: 'refused', sentence: 'No.' });
    const waiting = await submit(clipper, SHORT);
    const { items, cursor } = await api.as(clipper).submissions.links();
    expect(new Map(items.map(({ linkId, status, reason }) => [linkId, [status, reason]]))).toEqual(
      new Map([
        [failed.id, ['FAILED', 'No.']],
        [waiting.id, ['WAITING', null]],
      ]),
    );
    expect(cursor).toBeTruthy();
    expect((await api.as(await api.addClipper()).submissions.links()).items).toEqual([]);
  });

  it('to a video that was submitted already is refused like its full address', async () => {
    const link = newTikTokLink();
    await submit(await api.addClipper(), link);
    const { id } = await submit(clipper, SHORT);
    expect(await finishLink(api.contextOf(null), await claimed(id), { kind: 'resolved', clip: videoOf(link) })).toEqual(
      {
        status: 'FAILED',
        reason:
          'Somebody else has submitted this video. It is being read for whose it is: if it is yours, try again in a minute.',
      },
    );
  });

  it('is refused at once where its platform, or any clip, is not taken', async () => {
    await expect(submit(clipper, 'https://www.instagram.com/share/reel/BAabc')).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'This campaign takes clips from TikTok, YouTube, not from Instagram.',
    });
    const draft = await api.as(admin).campaigns.create(NEW_CAMPAIGN);
    await expect(api.as(clipper).submissions.submit({ campaignId: draft.id, link: SHORT })).rejects.toMatchObject({
      message: 'This campaign is not published yet.',
    });
    expect(await linkEvents(clipper)).toEqual([]);
  });

  it("is refused under somebody else's id", async () => {
    const { id } = await submit(clipper, SHORT);
    const other = await api.addClipper();
    await expect(submit(other, SHORT, id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('waits its turn: only so many are followed for one clipper at a time', async () => {
    for (let count = 0; count < 20; count += 1) await submit(clipper, SHORT);
    await expect(submit(clipper, SHORT)).rejects.toMatchObject({
      message: '20 of your short links are being followed: wait a moment.',
    });
  });

  it('is given to one tracker at a time, and to another after its lease', async () => {
    const { id } = await submit(clipper, SHORT);
    const claim = (now: Date) =>
      withTransaction(api.db.pool, (tx) =>
        claimLinks(tx, { now, until: new Date(now.getTime() + 60_000), limit: 1_000 }),
      );
    const now = api.world.now();
    const taken = await Promise.all([claim(now), claim(now), claim(now)]);
    expect(taken.flat().filter((link) => link.id === id)).toHaveLength(1);
    expect((await claim(new Date(now.getTime() + 60_000))).map((link) => link.id)).toContain(id);
  });
});

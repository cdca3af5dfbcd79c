import { appendAudit } from '@clipmeter/db/audit-log';
import { newId } from '@clipmeter/db/new-id';
import { withTransaction } from '@clipmeter/db/transaction';
import { type ApiWorld, createApiWorld, NEW_CAMPAIGN, newTikTokLink } from '@clipmeter/testing/api-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';

let api: ApiWorld;
let ada: Viewer;
let bea: Viewer;
let mara: Viewer;
let campaignId: string;

beforeAll(async () => {
  api = await createApiWorld();
  ada = await api.addViewer('ADMIN', 'Ada Quist');
  bea = await api.addViewer('ADMIN', 'Bea Orr');
  mara = await api.addViewer('CLIPPER', 'Mara Écluse');
  const { id } = await api.as(ada).campaigns.create({ ...NEW_CAMPAIGN, title: 'Autumn Märkte', brand: 'Kessler' });
  campaignId = id;
  await api.as(bea).campaigns.publish({ id });
});
afterAll(() => api.db.drop());

describe('the audit log', () => {
  const actions = ({ items }: { items: { action: string }[] }) => items.map(({ action }) => action);
  const note = (change: Partial<Parameters<typeof appendAudit>[1]>) =>
    withTransaction(api.db.pool, (tx) =>
      appendAudit(tx, {
        actorId: ada.userId,
        action: 'user.promote',
        subjectKind: 'user',
        subjectId: mara.userId,
        at: api.world.now(),
        ...change,
      }),
    );

  it('says who did what to what, and what was before and after', async () => {
    await note({ before: { role: 'CLIPPER' }, after: { role: 'ADMIN' }, details: { reason: 'trusted' } });
    const [entry] = (await api.as(ada).audit.list({ action: 'user.promote' })).items;
    expect(entry).toMatchObject({
      actor: { id: ada.userId, name: 'Ada Quist' },
      subjectKind: 'user',
      subjectName: 'Mara Écluse',
      before: { role: 'CLIPPER' },
      after: { role: 'ADMIN' },
      details: { reason: 'trusted' },
    });
  });

  it('tells open pages of admins that there is more', async () => {
    await note({ action: 'user.suspend' });
    const { rows } = await api.db.pool.query(
      "SELECT topic, payload FROM events WHERE type = 'audit.appended' ORDER BY id DESC LIMIT 1",
    );
    expect(rows).toMatchObject([{ topic: 'admin', payload: { action: 'user.suspend', actorId: ada.userId } }]);
  });

  it('is narrowed to a person, an act and a thing', async () => {
    const { list } = api.as(bea).audit;
    expect(actions(await list({ actorId: bea.userId }))).toEqual(['campaign.publish']);
    expect(actions(await list({ action: 'campaign.create' }))).toEqual(['campaign.create']);
    const about = await list({ subjectId: campaignId });
    expect(actions(about)).toEqual(['campaign.publish', 'campaign.create']);
    expect(about.items.map((entry) => entry.subjectName)).toEqual(['Autumn Märkte', 'Autumn Märkte']);
  });

  it('is searched by the names of who did it and of what it is about', async () => {
    const { list } = api.as(ada).audit;
    expect(actions(await list({ search: 'bea' }))).toContain('campaign.publish');
    expect(actions(await list({ search: 'mÄrk' }))).toEqual(['campaign.publish', 'campaign.create']);
    expect(actions(await list({ search: campaignId }))).toEqual(['campaign.publish', 'campaign.create']);
    expect(actions(await list({ search: '!!!' }))).toEqual([]);
    expect(actions(await list({ search: 'nobody' }))).toEqual([]);
  });

  it('names each kind of act once, and the person who is chosen', async () => {
    const choices = await api.as(ada).audit.choices({ actorId: mara.userId });
    expect(choices.actorName).toBe('Mara Écluse');
    expect(choices.actions).toEqual([...new Set(choices.actions)].toSorted());
    expect(choices.actions).toEqual(expect.arrayContaining(['campaign.create', 'campaign.publish']));
  });

  it('has pages that hold each entry once', async () => {
    await Promise.all(Array.from({ length: 7 }, () => note({ action: 'user.restore' })));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { id: string }[]; nextCursor: string | null } = await api
        .as(ada)
        .audit.list({ action: 'user.restore', cursor, limit: 3 });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });
});

describe('the palette’s search', () => {
  const find = (text: string) => api.as(ada).search.everything({ text });

  it('finds people by the beginnings of their names, by address and by profile', async () => {
    await api.db.pool.query(
      `INSERT INTO social_accounts (id, user_id, platform, handle, external_id, verified_at)
       VALUES ($1, $2, 'TIKTOK', 'night.clips', '1', now())`,
      [newId(), mara.userId],
    );
    for (const text of ['mar', 'MARA écl', mara.email, 'night', 'clips'])
      expect((await find(text)).people.map(({ id }) => id)).toContain(mara.userId);
    expect((await find('ara')).people).toEqual([]);
  });

  it('finds campaigns by title and brand, and everything by its id or how it begins', async () => {
    expect((await find('kess aut')).campaigns.map(({ id }) => id)).toEqual([campaignId]);
    expect((await find(campaignId)).campaigns.map(({ id }) => id)).toEqual([campaignId]);
    expect((await find(campaignId.slice(0, 18))).campaigns.map(({ id }) => id)).toEqual([campaignId]);
    expect((await find('kessler unknown')).campaigns).toEqual([]);
  });

  it('finds a clip with its latest submission, and a payout by its owner', async () => {
    const clipId = newId();
    const submissionId = newId();
    const link = newTikTokLink();
    await api.db.pool.query(
      `INSERT INTO clips (id, platform, external_id, url, title, author_handle) VALUES ($1, 'TIKTOK', $2, $3, 'Goldfish at night', 'night.clips')`,
      [clipId, link.split('/').at(-1), link],
    );
    await api.db.pool.query(
      `INSERT INTO clip_submissions (id, campaign_id, clip_id, user_id, status) VALUES ($1, $2, $3, $4, 'PENDING')`,
      [submissionId, campaignId, clipId, mara.userId],
    );
    expect((await find('goldf')).clips).toMatchObject([{ id: clipId, submissionId, campaignTitle: 'Autumn Märkte' }]);
    expect((await find(submissionId)).clips).toMatchObject([{ id: clipId }]);

    const payoutId = newId();
    await api.db.pool.query(
      `INSERT INTO payout_requests (id, user_id, gross, method) VALUES ($1, $2, 32.5, 'PAYPAL')`,
      [payoutId, mara.userId],
    );
    for (const text of ['mara', payoutId])
      expect((await find(text)).payouts).toMatchObject([{ id: payoutId, gross: '32.500000', userName: 'Mara Écluse' }]);
  });

  it('asks for two letters at least', async () => {
    await expect(find('a')).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('Type at least two letters.'),
    });
  });
});

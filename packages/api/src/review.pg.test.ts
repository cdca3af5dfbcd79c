import { parseMicros } from '@clipmeter/core/money';
import { runAudit } from '@clipmeter/db/audit';
import { ensureAccounts, moveMoney } from '@clipmeter/db/ledger';
import { releaseCampaign } from '@clipmeter/db/release-campaign';
import { withTransaction } from '@clipmeter/db/transaction';
import { type ApiWorld, createApiWorld, NEW_CAMPAIGN } from '@clipmeter/testing/api-world';
import type { WorldClip } from '@clipmeter/testing/settlement-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '#src/context.ts';

let api: ApiWorld;
let ada: Viewer;
let max: Viewer;
beforeAll(async () => {
  api = await createApiWorld();
  ada = await api.addViewer('ADMIN', 'Ada');
  max = await api.addViewer('ADMIN', 'Max');
});
afterAll(async () => {
  const report = await runAudit(api.db.pool);
  await api.db.drop();
  expect(report.lines.filter(({ differences }) => differences > 0)).toEqual([]);
});

const rows = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await api.db.pool.query<Row>(sql, values)).rows;

async function activeCampaign(budget = '100'): Promise<string> {
  const { id } = await api.as(ada).campaigns.create({ ...NEW_CAMPAIGN, budget });
  await api.db.pool.query(`UPDATE campaigns SET deadline = '2027-01-01' WHERE id = $1`, [id]);
  await api.as(ada).campaigns.publish({ id });
  return id;
}

/** A clip that waits, as after its first read. */
async function waitingClip(campaignId: string, read: Partial<VideoRow> = {}): Promise<WorldClip> {
  const clip = await api.world.submitClip(campaignId);
  await api.db.pool.query(
    `UPDATE clip_submissions SET approval_requested_at = NULL, first_read_at = created_at WHERE id = $1`,
    [clip.submissionId],
  );
  await setVideo(clip, read);
  return clip;
}

interface VideoRow {
  title: string | null;
  author_id: string;
  author_handle: string;
  published_at: Date;
  views: number;
  likes: number;
}

async function setVideo({ clipId }: WorldClip, video: Partial<VideoRow>): Promise<void> {
  const entries = Object.entries({ published_at: api.world.now(), last_read_at: api.world.now(), views: 0, ...video });
  const set = entries.map(([column], i) => `${column} = $${i + 2}`).join(', ');
  await api.db.pool.query(`UPDATE clips SET ${set} WHERE id = $1`, [clipId, ...entries.map(([, value]) => value)]);
}

/** An approved clip that has earned 20 dollars of a campaign at 10 for 1,000. */
async function earningClip(campaignId: string): Promise<WorldClip> {
  const clip = await api.world.addClip(campaignId, 1_000n);
  await api.world.read([[clip, { plays: 3_000n }]]);
  return clip;
}

const statusOf = async ({ submissionId }: WorldClip) =>
  (await rows<{ status: string }>('SELECT status FROM clip_submissions WHERE id = $1', [submissionId]))[0]?.status;

const balanceOf = async (kind: string, owner: { campaignId?: string; userId?: string }) =>
  (
    await rows<{ balance: string }>(
      `SELECT balance FROM ledger_accounts WHERE kind = $1 AND campaign_id IS NOT DISTINCT FROM $2 AND user_id IS NOT DISTINCT FROM $3`,
      [kind, owner.campaignId ?? null, owner.userId ?? null],
    )
  )[0]?.balance;

async function endAndRelease(campaignId: string): Promise<void> {
  await api.as(ada).campaigns.cancel({ id: campaignId });
  for await (const _ of releaseCampaign(api.db.pool, { campaignId, now: api.world.now }));
}

describe('the queue', () => {
  it('comes page by page in either order, by campaign and platform, and says how many wait', async () => {
    const campaignId = await activeCampaign();
    const clips: WorldClip[] = [];
    for (let i = 0; i < 5; i += 1) {
      api.world.advance(1_000);
      clips.push(await waitingClip(campaignId));
    }
    const inOrder = clips.map((clip) => clip.submissionId);
    for (const [order, expected] of [
      ['oldest', inOrder],
      ['newest', inOrder.toReversed()],
    ] as const) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await api.as(ada).review.queue({ campaignId, order, cursor, limit: 2 });
        seen.push(...page.items.map((item) => item.submissionId));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toEqual(expected);
    }
    expect((await api.as(ada).review.counts()).waiting).toBeGreaterThanOrEqual(5);
    expect((await api.as(ada).review.queue({ campaignId, platform: 'YOUTUBE' })).items).toEqual([]);
  });

  it('keeps what was asked for apart, with who said yes and why it still waits', async () => {
    const campaignId = await activeCampaign();
    const clip = await waitingClip(campaignId);
    await api.as(ada).review.approve({ ids: [clip.submissionId] });
    await api.db.pool.query(`UPDATE clip_submissions SET approval_blocked = 'TikTok cannot be read.' WHERE id = $1`, [
      clip.submissionId,
    ]);
    expect((await api.as(ada).review.queue({ campaignId })).items).toEqual([]);
    const [item] = (await api.as(ada).review.queue({ campaignId, queue: 'asked' })).items;
    expect(item?.approval).toMatchObject({ by: 'Ada', blocked: 'TikTok cannot be read.' });
  });

  it('warns of a clip that its clipper has no account for, of one from before the campaign, and of one submitted before', async () => {
    const campaignId = await activeCampaign();
    const clip = await waitingClip(campaignId, { published_at: new Date('2026-01-01') });
    await api.as(ada).review.reject({ ids: [clip.submissionId], seenAs: 'waiting', reason: 'Too dark.' });
    api.world.advance(1_000);
    const again = await api.world.submitClip(campaignId, undefined, 'TIKTOK', clip.clipId);
    const { item } = await api.as(ada).review.submission({ id: again.submissionId });
    expect(item.warnings.map(({ word }) => word)).toEqual(['No verified account', 'Too early', 'Submitted before']);
    expect(item.warnings.at(-1)?.sentence).toMatch(/once before; the last time, by User \w+, it was rejected\.$/);
  });

  it('warns of an engagement that hardly any clip of like age has, once there are 30 others', async () => {
    const campaignId = await activeCampaign();
    const old = { published_at: new Date(api.world.now().getTime() - 4 * 86_400_000) };
    const odd = await waitingClip(campaignId, { ...old, views: 1_000, likes: 900 });
    const engagement = async () => {
      const { item } = await api.as(ada).review.submission({ id: odd.submissionId });
      return { ...item.engagement, words: item.warnings.map(({ word }) => word) };
    };
    for (let i = 0; i < 29; i += 1) await waitingClip(campaignId, { ...old, views: 1_000, likes: 40 + i });
    expect(await engagement()).toMatchObject({ kind: 'too_few', peers: 29, rate: 0.9 });
    await waitingClip(campaignId, { ...old, views: 1_000, likes: 50 });
    // Other platforms and other ages are no peers.
    await waitingClip(campaignId, { views: 1_000, likes: 950 });
    const found = await engagement();
    expect(found).toMatchObject({ kind: 'above', peers: 30 });
    expect(found.words).toContain('High engagement');
    expect(found.low).toBeCloseTo(0.0403, 3);
    expect(found.high).toBeGreaterThan(0.06);
  });

  it('warns of a title that another clipper has used', async () => {
    const campaignId = await activeCampaign();
    const title = 'the long way down the mountain';
    const first = await waitingClip(campaignId, { title });
    const second = await waitingClip(campaignId, { title: title.toUpperCase() });
    const { item } = await api.as(ada).review.submission({ id: second.submissionId });
    expect(item.warnings.map(({ word }) => word)).toContain('Same title');
    await api.db.pool.query('UPDATE clip_submissions SET user_id = $2 WHERE id = $1', [
      first.submissionId,
      second.userId,
    ]);
    const { item: own } = await api.as(ada).review.submission({ id: second.submissionId });
    expect(own.warnings.map(({ word }) => word)).not.toContain('Same title');
  });
});

describe('a decision', () => {
  it('is made for many at once; what is refused for one changes nothing for the others', async () => {
    const campaignId = await activeCampaign();
    const clips = [await waitingClip(campaignId), await waitingClip(campaignId), await waitingClip(campaignId)];
    const ids = clips.map((clip) => clip.submissionId);
    await api.as(max).review.approve({ ids: ids.slice(1, 2) });
    const { results } = await api.as(ada).review.reject({ ids, seenAs: 'waiting', reason: 'No logo.' });
    expect(results.map(({ refusal }) => refusal)).toEqual([null, 'Max approved it already.', null]);
    expect(await Promise.all(clips.map(statusOf))).toEqual(['REJECTED', 'PENDING', 'REJECTED']);
  });

  it('of two admins at once is made once, and the second is told who', async () => {
    const campaignId = await activeCampaign();
    const clips = await Promise.all(Array.from({ length: 6 }, () => waitingClip(campaignId)));
    const ids = clips.map((clip) => clip.submissionId);
    const [yes, no] = await Promise.all([
      api.as(ada).review.approve({ ids }),
      api.as(max).review.reject({ ids: ids.toReversed(), seenAs: 'waiting', reason: 'No logo.' }),
    ]);
    const refusals = new Map([...yes.results, ...no.results].map(({ id }) => [id, new Set<string | null>()]));
    for (const { id, refusal } of [...yes.results, ...no.results]) refusals.get(id)?.add(refusal);
    for (const [id, both] of refusals) {
      expect(both.size).toBe(2);
      expect(both).toContain(null);
      const { status } = await api.as(ada).review.submission({ id });
      expect([...both]).toContain(
        status === 'REJECTED' ? 'Max rejected it already: No logo.' : 'Ada approved it already.',
      );
    }
  });

  it('that another admin took is overruled only by one who has seen it', async () => {
    const campaignId = await activeCampaign();
    const clip = await waitingClip(campaignId);
    const ids = [clip.submissionId];
    await api.as(max).review.approve({ ids });
    const unseen = await api.as(ada).review.reject({ ids, seenAs: 'waiting', reason: 'No logo.' });
    expect(unseen.results[0]?.refusal).toBe('Max approved it already.');
    await api.as(ada).review.reject({ ids, seenAs: 'asked', reason: 'No logo.' });
    expect(await statusOf(clip)).toBe('REJECTED');
  });

  it('reaches the other admins with a name, and the clipper without one', async () => {
    const clip = await waitingClip(await activeCampaign());
    await api.as(ada).review.approve({ ids: [clip.submissionId] });
    const told = await rows<{ topic: string; payload: { by?: { name: string } } }>(
      `SELECT topic, payload FROM events WHERE type = 'submission.changed' AND payload->>'submissionId' = $1 ORDER BY id`,
      [clip.submissionId],
    );
    expect(told.find(({ topic }) => topic === 'admin')?.payload.by?.name).toBe('Ada');
    expect(told.find(({ topic }) => topic !== 'admin')?.payload.by).toBeUndefined();
  });

  it('is listed with its reason and who made it, the latest first', async () => {
    const campaignId = await activeCampaign();
    const [first, second] = [await waitingClip(campaignId), await waitingClip(campaignId)];
    for (const clip of [first, second]) {
      api.world.advance(1_000);
      await api.as(ada).review.reject({ ids: [clip.submissionId], seenAs: 'waiting', reason: 'No logo.' });
    }
    const page = await api.as(max).review.decisions({ campaignId, limit: 1 });
    expect(page.items).toMatchObject([{ submissionId: second.submissionId, decision: 'REJECTED', by: 'Ada' }]);
    const next = await api.as(max).review.decisions({ campaignId, cursor: page.nextCursor, limit: 1 });
    expect(next).toMatchObject({ items: [{ submissionId: first.submissionId, reason: 'No logo.' }], nextCursor: null });
  });
});

describe('an approval that is revoked', () => {
  it('stops the clip’s earning; what it earned stays, and its video may be submitted again', async () => {
    const campaignId = await activeCampaign();
    const clip = await earningClip(campaignId);
    await api.as(ada).review.revoke({ id: clip.submissionId, reason: 'Bought views.' });
    await api.world.read([[clip, { plays: 9_000n }]]);
    expect(await statusOf(clip)).toBe('REVOKED');
    expect(await balanceOf('pending', { campaignId, userId: clip.userId })).toBe('20.000000');
    const schedules = await rows('SELECT FROM clip_schedules WHERE clip_id = $1', [clip.clipId]);
    expect(schedules).toEqual([]);
    await api.world.submitClip(campaignId, undefined, 'TIKTOK', clip.clipId);
    await expect(api.as(max).review.revoke({ id: clip.submissionId, reason: 'Bought.' })).rejects.toMatchObject({
      message: 'Ada revoked it already: Bought views.',
    });
    const [notice] = await rows<{ body: string }>('SELECT body FROM notifications WHERE user_id = $1 AND kind = $2', [
      clip.userId,
      'submission.revoked',
    ]);
    expect(notice?.body).toMatch(/^Bought views\./);
  });

  it('is refused between the decision of a closing round and its last part, and while earnings are released', async () => {
    const campaignId = await activeCampaign();
    const clip = await earningClip(campaignId);
    await api.as(ada).campaigns.complete({ id: campaignId });
    await api.db.pool.query('UPDATE closing_rounds SET frozen_at = now() WHERE campaign_id = $1', [campaignId]);
    const revoke = () => api.as(ada).review.revoke({ id: clip.submissionId, reason: 'Bought views.' });
    await expect(revoke()).rejects.toMatchObject({ message: expect.stringContaining('being settled right now') });
    await api.db.pool.query('UPDATE closing_rounds SET frozen_at = NULL WHERE campaign_id = $1', [campaignId]);
    await api.as(ada).campaigns.cancel({ id: campaignId });
    await expect(revoke()).rejects.toMatchObject({ message: expect.stringContaining('being released') });
    for await (const _ of releaseCampaign(api.db.pool, { campaignId, now: api.world.now }));
    await revoke();
    expect(await balanceOf('available', { userId: clip.userId })).toBe('20.000000');
  });
});

describe('a reversal', () => {
  const reverse = (clip: WorldClip, amount: string, reversalId?: string) =>
    api.as(ada).review.reverse({ id: clip.submissionId, amount, reason: 'Bought views.', reversalId });

  it('is an act of its own: only of a revoked clip, and only when it is asked for', async () => {
    const campaignId = await activeCampaign();
    const clip = await earningClip(campaignId);
    await expect(reverse(clip, '20')).rejects.toMatchObject({ message: expect.stringMatching(/^Revoke the approval/) });
    await api.as(ada).review.revoke({ id: clip.submissionId, reason: 'Bought views.' });
    expect(await balanceOf('pending', { campaignId, userId: clip.userId })).toBe('20.000000');
  });

  it('gives the budget back what it paid while the campaign runs; others may earn it then', async () => {
    const campaignId = await activeCampaign('30');
    const clip = await earningClip(campaignId);
    await api.as(ada).review.revoke({ id: clip.submissionId, reason: 'Bought views.' });
    const reversalId = crypto.randomUUID();
    expect(await reverse(clip, '15', reversalId)).toMatchObject({ earned: '20.000000', reversed: '15.000000' });
    expect(await reverse(clip, '15', reversalId)).toMatchObject({ reversed: '15.000000' });
    expect(await balanceOf('budget', { campaignId })).toBe('25.000000');
    expect(await balanceOf('pending', { campaignId, userId: clip.userId })).toBe('5.000000');
    const other = await api.world.addClip(campaignId, 0n);
    await api.world.read([[other, { plays: 2_400n }]]);
    expect(await balanceOf('pending', { campaignId, userId: other.userId })).toBe('24.000000');
    const { reversible, history } = await api.as(max).review.submission({ id: clip.submissionId });
    expect(reversible).toBe('5.000000');
    expect(history.map(({ kind, by }) => [kind, by])).toContainEqual(['reversed', 'Ada']);
  });

  it('takes from what is available after the campaign, never from what is in a payout', async () => {
    const campaignId = await activeCampaign();
    const clip = await earningClip(campaignId);
    await endAndRelease(campaignId);
    await api.as(ada).review.revoke({ id: clip.submissionId, reason: 'Bought views.' });
    await reserve(clip.userId, '12.5');
    await expect(reverse(clip, '20')).rejects.toMatchObject({ message: expect.stringMatching(/^Only \$7\.50 can/) });
    await reverse(clip, '7.5');
    expect(await balanceOf('available', { userId: clip.userId })).toBe('0.000000');
    expect(await balanceOf('reserved', { userId: clip.userId })).toBe('12.500000');
    await expect(reverse(clip, '0.01')).rejects.toMatchObject({ message: expect.stringMatching(/^Nothing is left/) });
  });

  it('takes back once what two admins take back at the same moment', async () => {
    const campaignId = await activeCampaign();
    const clip = await earningClip(campaignId);
    const other = await api.world.addClip(campaignId, 0n, clip.userId);
    await api.world.read([[other, { plays: 3_000n }]]);
    await api.as(ada).review.revoke({ id: clip.submissionId, reason: 'Bought views.' });
    const both = await Promise.allSettled([reverse(clip, '20'), reverse(clip, '20')]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await balanceOf('pending', { campaignId, userId: clip.userId })).toBe('30.000000');
  });

  it('knows what the clip earned under this submission from what it earned under another', async () => {
    const campaignId = await activeCampaign();
    const clip = await earningClip(campaignId);
    await api.as(ada).review.revoke({ id: clip.submissionId, reason: 'A mistake.' });
    const again = await api.world.submitClip(campaignId, clip.userId, 'TIKTOK', clip.clipId);
    await api.world.read([[again, { plays: 3_000n }]]);
    await api.world.read([[again, { plays: 3_500n }]]);
    await expect(reverse(clip, '20.01')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await reverse(clip, '20')).toMatchObject({ earned: '20.000000' });
    expect(await balanceOf('pending', { campaignId, userId: clip.userId })).toBe('5.000000');
    await api.world.read([[again, { plays: 4_000n }]]);
    expect(await balanceOf('pending', { campaignId, userId: clip.userId })).toBe('10.000000');
  });
});

/** As a payout request will: out of what is available. */
async function reserve(userId: string, amount: string): Promise<void> {
  await withTransaction(api.db.pool, async (tx) => {
    const [from, to] = [
      { kind: 'available', userId },
      { kind: 'reserved', userId },
    ] as const;
    await ensureAccounts(tx, [from, to]);
    await moveMoney(tx, [
      {
        causeKind: 'payout',
        causeId: crypto.randomUUID(),
        movement: 'reserve',
        from,
        to,
        amountMicros: parseMicros(amount),
        eventAt: api.world.now(),
      },
    ]);
  });
}

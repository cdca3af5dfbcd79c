import { createWorld, earningsOf, type World, type WorldClip } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { accountIdOf, verifyAccounts } from '@clipmeter/testing/verified-accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runAudit } from '#src/audit.ts';
import { newId } from '#src/new-id.ts';
import type { ReadOutcome } from '#src/read-result.ts';
import { readSoon } from '#src/read-soon.ts';
import { lockCampaign } from '#src/transact-campaign.ts';
import {
  findVerifiedAccount,
  insertSubmission,
  lockClipOf,
  lockSubmission,
  requestApproval,
} from '#src/transact-submission.ts';
import { withTransaction } from '#src/transaction.ts';
import { withdrawSubmission } from '#src/withdraw-submission.ts';

let db: TestDatabase;
let world: World;
let campaignId: string;
let userId: string;
beforeAll(async () => {
  db = await createTestDatabase();
  world = createWorld(db.pool);
});
afterAll(() => db.drop());
beforeEach(async () => {
  campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  userId = await world.addUser();
  await verifyAccounts(db.pool, userId, ['TIKTOK']);
});

let videos = 0;
const nextVideo = () => {
  videos += 1;
  return `73${String(videos).padStart(17, '0')}`;
};

/** A video that was submitted and is to be read. */
const submit = (externalId = nextVideo()): Promise<WorldClip> =>
  withTransaction(db.pool, async (tx) => {
    const link = {
      kind: 'clip' as const,
      platform: 'TIKTOK' as const,
      externalId,
      canonicalUrl: 'https://example.com',
    };
    const clip = await lockClipOf(tx, link, world.now());
    const campaign = await lockCampaign(tx, campaignId);
    await readSoon(tx, clip, world.now());
    const id = newId();
    const socialAccountId = await findVerifiedAccount(tx, userId, 'TIKTOK');
    await insertSubmission(tx, { id, clipId: clip.id, campaign, userId, socialAccountId, at: world.now() });
    return { clipId: clip.id, submissionId: id, userId };
  });

const approve = ({ submissionId }: WorldClip) =>
  withTransaction(db.pool, async (tx) => {
    const { submission, clip } = await lockSubmission(tx, submissionId);
    await requestApproval(tx, { submission, clip, actorId: userId, at: world.now() });
  });

const video = (changes: Partial<Extract<ReadOutcome, { kind: 'found' }>> = {}): ReadOutcome => ({
  kind: 'found',
  counts: { plays: 5_000n },
  engagement: { likes: 400n, comments: 30n, shares: 2n },
  authorId: accountIdOf(userId, 'TIKTOK'),
  authorHandle: 'mira',
  title: 'the last second',
  thumbnailUrl: 'https://p16-sign.tiktokcdn-us.com/a.jpeg',
  publishedAt: new Date('2026-11-21T10:00:00Z'),
  ...changes,
});

async function stateOf({ submissionId }: WorldClip) {
  const { rows } = await db.pool.query<Record<string, unknown>>(
    `SELECT s.status, s.first_read_at IS NOT NULL AS was_read, s.first_read_blocked, s.rejection_reason,
       s.initial_views::int AS baseline, c.title, c.views::int, c.likes::int, c.comments::int, c.shares::int,
       d.urgent IS TRUE AND d.next_due_at < 'infinity' AS is_due, t.next_attempt_at IS NOT NULL AS wants_thumbnail
     FROM clip_submissions s JOIN clips c ON c.id = s.clip_id LEFT JOIN clip_schedules d ON d.clip_id = c.id
       LEFT JOIN clip_thumbnails t ON t.clip_id = c.id WHERE s.id = $1`,
    [submissionId],
  );
  return rows[0];
}

/** What its clipper was told, newest last. */
async function told(): Promise<string[]> {
  const { rows } = await db.pool.query<{ body: string }>(
    `SELECT body FROM notifications WHERE user_id = $1 AND kind = 'submission.rejected' ORDER BY created_at`,
    [userId],
  );
  return rows.map(({ body }) => body);
}

describe('the first read', () => {
  test('stores what the video shows, moves no money, and asks for no second read', async () => {
    const clip = await submit();
    expect(await stateOf(clip)).toMatchObject({ status: 'PENDING', was_read: false, is_due: true });
    await world.read([[clip, video()]]);
    expect(await stateOf(clip)).toMatchObject({
      status: 'PENDING',
      was_read: true,
      title: 'the last second',
      views: 5_000,
      likes: 400,
      comments: 30,
      shares: 2,
      is_due: false,
      wants_thumbnail: true,
    });
    expect(await earningsOf(db.pool, clip)).toBe(0n);
  });

  test('an approval reads afresh: what grew before it is not paid', async () => {
    const clip = await submit();
    await world.read([[clip, video()]]);
    world.advance(1_000);
    await approve(clip);
    await world.read([[clip, video({ counts: { plays: 9_000n } })]]);
    expect(await stateOf(clip)).toMatchObject({ status: 'APPROVED', baseline: 9_000, views: 9_000 });
    expect(await earningsOf(db.pool, clip)).toBe(0n);
    expect(await runAudit(db.pool)).toMatchObject({ differences: 0 });
  });

  test('one that is asked for while the first read is under way waits for the next', async () => {
    const clip = await submit();
    const runId = await world.record([clip]);
    world.advance(1_000);
    await approve(clip);
    await world.settle(runId, [{ clipId: clip.clipId, outcome: video() }], world.advance(1_000));
    expect(await stateOf(clip)).toMatchObject({ status: 'PENDING', was_read: true, is_due: true });
    await world.read([[clip, video({ counts: { plays: 5_100n } })]]);
    expect(await stateOf(clip)).toMatchObject({ status: 'APPROVED', baseline: 5_100 });
  });

  test('one that was asked for before it is served by it', async () => {
    const clip = await submit();
    await approve(clip);
    await world.read([[clip, video()]]);
    expect(await stateOf(clip)).toMatchObject({ status: 'APPROVED', was_read: true, baseline: 5_000 });
  });

  test('a redelivery of its run changes nothing', async () => {
    const clip = await submit();
    const runId = await world.record([clip]);
    const endedAt = world.advance(1_000);
    const results = [{ clipId: clip.clipId, outcome: video() }];
    await world.settle(runId, results, endedAt);
    const before = await stateOf(clip);
    await world.settle(runId, results, endedAt);
    expect(await stateOf(clip)).toEqual(before);
  });
});

describe('a video that may not stay submitted', () => {
  test('one by somebody else is turned down with a sentence, even when an admin has said yes; its link is free', async () => {
    const clip = await submit();
    await approve(clip);
    await world.read([[clip, video({ authorId: 'somebody', authorHandle: 'thief' })]]);
    const reason =
      'The video is by @thief on TikTok, which is not an account that you have verified. Add that account, then submit it again.';
    expect(await stateOf(clip)).toMatchObject({ status: 'REJECTED', rejection_reason: reason, is_due: false });
    expect(await told()).toEqual([reason]);
    const { rows } = await db.pool.query<{ external_id: string }>('SELECT external_id FROM clips WHERE id = $1', [
      clip.clipId,
    ]);
    const again = await submit(rows[0]?.external_id);
    expect(again.clipId).toBe(clip.clipId);
    expect(await stateOf(again)).toMatchObject({ status: 'PENDING', was_read: false, is_due: true });
  });

  test('one that was posted before the campaign started is turned down', async () => {
    await db.pool.query(`UPDATE campaigns SET starts_at = '2026-11-21T12:00:00Z' WHERE id = $1`, [campaignId]);
    const clip = await submit();
    await world.read([[clip, video()]]);
    expect(await stateOf(clip)).toMatchObject({
      status: 'REJECTED',
      rejection_reason: expect.stringContaining('before the campaign started on 21 Nov 2026, 12:00 UTC'),
    });
  });

  test('one that is gone for hours is turned down', async () => {
    const clip = await submit();
    await world.read([[clip, { kind: 'not_found', reason: 'gone' }]]);
    expect(await stateOf(clip)).toMatchObject({ status: 'PENDING', is_due: true });
    world.advance(3 * 3_600_000);
    await world.read([[clip, { kind: 'not_found', reason: 'gone' }]]);
    expect(await stateOf(clip)).toMatchObject({
      status: 'REJECTED',
      rejection_reason: expect.stringContaining('TikTok does not find this video'),
      is_due: false,
    });
  });
});

test('a read that says nothing is tried again, and says so until it succeeds', async () => {
  const clip = await submit();
  await world.read([[clip, { kind: 'unknown', reason: 'HTTP 500' }]]);
  expect(await stateOf(clip)).toMatchObject({
    status: 'PENDING',
    was_read: false,
    first_read_blocked: 'TikTok has not answered for this video yet. It is tried again.',
    is_due: true,
  });
  await world.read([[clip, { kind: 'private', reason: 'PRIVATE' }]]);
  expect(await stateOf(clip)).toMatchObject({ first_read_blocked: expect.stringContaining('private on TikTok') });
  await world.read([[clip, video()]]);
  expect(await stateOf(clip)).toMatchObject({ was_read: true, first_read_blocked: null });
});

test('one that is withdrawn while it is read stays withdrawn, and is read no more', async () => {
  const clip = await submit();
  const runId = await world.record([clip]);
  await withTransaction(db.pool, async (tx) => {
    const { submission, campaign } = await lockSubmission(tx, clip.submissionId);
    await withdrawSubmission(tx, { submission, campaign, actorId: userId, at: world.now() });
  });
  await world.settle(runId, [{ clipId: clip.clipId, outcome: video() }], world.advance(1_000));
  expect(await stateOf(clip)).toMatchObject({ status: 'WITHDRAWN', was_read: false, is_due: false });
});

test('a link that leads to another video goes over to it at the first read, and is read by its own id', async () => {
  const clip = await submit();
  await world.read([[clip, { kind: 'other', externalId: '7399999999999999999', reason: 'another id' }]]);
  const { rows } = await db.pool.query<{ clip_id: string; external_id: string }>(
    'SELECT s.clip_id, c.external_id FROM clip_submissions s JOIN clips c ON c.id = s.clip_id WHERE s.id = $1',
    [clip.submissionId],
  );
  expect(rows[0]?.external_id).toBe('7399999999999999999');
  await world.read([[{ ...clip, clipId: rows[0]?.clip_id ?? '' }, video()]]);
  expect(await stateOf(clip)).toMatchObject({ status: 'PENDING', was_read: true, title: 'the last second' });
});

test('a finished campaign reads nobody’s first read any more', async () => {
  const clip = await submit();
  const runId = await world.record([clip]);
  await db.pool.query(
    `UPDATE campaigns SET status = 'CANCELLED', completed_at = now(), completion_reason = 'CANCELLED' WHERE id = $1`,
    [campaignId],
  );
  await world.settle(
    runId,
    [{ clipId: clip.clipId, outcome: { kind: 'unknown', reason: 'HTTP 500' } }],
    world.advance(1_000),
  );
  expect(await stateOf(clip)).toMatchObject({ status: 'PENDING', was_read: false, is_due: false });
});

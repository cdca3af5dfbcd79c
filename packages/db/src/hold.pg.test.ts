import { parseMicros } from '@clipmeter/core/money';
import { campaignRow, createWorld, earningsOf, type World, type WorldClip } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { formatAudit, runAudit } from '#src/audit.ts';
import { parkCampaign, wakeCampaign } from '#src/campaign-schedules.ts';
import { beginClosingRound } from '#src/closing-round.ts';
import { finishClosingRound } from '#src/finish-closing-round.ts';
import type { ReadOutcome } from '#src/read-result.ts';
import { changeStatus } from '#src/transact-campaign.ts';
import { endHold, findHold } from '#src/transact-hold.ts';
import { lockSubmission } from '#src/transact-submission.ts';
import { withTransaction } from '#src/transaction.ts';

const MINE = '6800000000000000001';
const OTHER = '6800000000000000002';

let database: TestDatabase;
let world: World;
let adminId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  world = createWorld(database.pool);
  adminId = await world.addUser('ADMIN');
});

/** What a run found, and by whom. */
const by = (authorId: string | null, plays: bigint, coauthorIds: string[] = []): ReadOutcome => ({
  kind: 'found',
  counts: { plays },
  authorId,
  authorHandle: authorId === OTHER ? 'somebody.else' : 'mira.cuts',
  coauthorIds,
});

/** An approved clip that was submitted for a proved account. */
async function addOwnClip(campaignId: string, initialViews: bigint): Promise<WorldClip> {
  const clip = await world.addClip(campaignId, initialViews);
  await bindAccount(clip);
  return clip;
}

async function bindAccount(clip: WorldClip): Promise<void> {
  // An account of one clip each: ids are unique among clippers.
  const externalId = `${MINE} ${clip.clipId}`;
  const accountId = uuidv7();
  await database.pool.query(
    `INSERT INTO social_accounts (id, user_id, platform, handle, external_id, verified_at) VALUES ($1, $2, 'TIKTOK', 'mira.cuts', $3, now())`,
    [accountId, clip.userId, externalId],
  );
  await database.pool.query('UPDATE clip_submissions SET social_account_id = $2 WHERE id = $1', [
    clip.submissionId,
    accountId,
  ]);
}

const mine = (clip: WorldClip, plays: bigint) => by(`${MINE} ${clip.clipId}`, plays);

async function standing(clip: WorldClip) {
  const { rows } = await database.pool.query<{ held: boolean; parked: boolean | null; views: string }>(
    `SELECT s.held_at IS NOT NULL AS held, c.next_due_at = 'infinity' AS parked, l.views FROM clip_submissions s
     JOIN clips l ON l.id = s.clip_id LEFT JOIN clip_schedules c ON c.clip_id = s.clip_id WHERE s.id = $1`,
    [clip.submissionId],
  );
  return rows[0];
}

const release = (clip: WorldClip) =>
  withTransaction(database.pool, async (tx) => {
    const { campaign } = await lockSubmission(tx, clip.submissionId);
    const hold = await findHold(tx, clip.submissionId);
    if (hold === null) throw new Error('It is on no hold');
    const { clipId, submissionId } = clip;
    await endHold(tx, {
      submissionId,
      clipId,
      campaign,
      hold,
      reason: 'a brand account',
      actorId: adminId,
      at: world.now(),
    });
  });

async function expectNoDifference() {
  const report = await runAudit(database.pool);
  expect(report.differences, formatAudit(report)).toBe(0);
}

test('a read that shows another author puts the clip on hold in its own transaction: nothing is credited, and nobody reads it', async () => {
  const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
  const [clip, other] = [await addOwnClip(campaignId, 0n), await addOwnClip(campaignId, 0n)];
  await world.read([
    [clip, mine(clip, 1_000n)],
    [other, mine(other, 1_000n)],
  ]);
  const summary = await world.read([
    [clip, by(OTHER, 9_000n)],
    [other, mine(other, 2_000n)],
  ]);

  expect(summary).toMatchObject({ read: 2, credits: 1, creditedMicros: parseMicros('10') });
  expect(await earningsOf(database.pool, clip)).toBe(parseMicros('10'));
  expect(await standing(clip)).toEqual({ held: true, parked: true, views: '1000' });
  expect(await standing(other)).toEqual({ held: false, parked: false, views: '2000' });
  const { rows } = await database.pool.query(
    `SELECT kind, body FROM notifications WHERE user_id = $1 AND kind = 'submission.held'`,
    [clip.userId],
  );
  expect(rows).toEqual([{ kind: 'submission.held', body: expect.stringContaining('@somebody.else') }]);
  const events = await database.pool.query(
    `SELECT topic FROM events WHERE type = 'submission.changed' AND payload->>'submissionId' = $1 ORDER BY id DESC LIMIT 2`,
    [clip.submissionId],
  );
  expect(events.rows.map((row) => row.topic).sort()).toEqual(['admin', `user:${clip.userId}`]);
  await expectNoDifference();
});

test('an author that was not said, a co-author, another account of the clipper, and a submission without an account put nothing on hold', async () => {
  const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
  const [clip, unasked] = [await addOwnClip(campaignId, 0n), await world.addClip(campaignId, 0n)];
  await world.read([
    [clip, by(null, 1_000n)],
    [unasked, by(OTHER, 1_000n)],
  ]);
  await world.read([[clip, by(OTHER, 2_000n, [`${MINE} ${clip.clipId}`])]]);
  expect(await earningsOf(database.pool, clip)).toBe(parseMicros('20'));
  expect(await earningsOf(database.pool, unasked)).toBe(parseMicros('10'));
  // Another account of the same clipper is no stranger.
  await database.pool.query(
    `INSERT INTO social_accounts (id, user_id, platform, handle, external_id, verified_at) VALUES ($1, $2, 'TIKTOK', 'mira.more', $3, now())`,
    [uuidv7(), clip.userId, `second ${clip.clipId}`],
  );
  await world.read([[clip, by(`second ${clip.clipId}`, 3_000n)]]);
  expect(await earningsOf(database.pool, clip)).toBe(parseMicros('30'));
  expect(await standing(clip)).toMatchObject({ held: false });
});

test('while it is on hold no answer credits it or wakes it, whoever the author is; the same run delivered again changes nothing', async () => {
  const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
  const clip = await addOwnClip(campaignId, 0n);
  const runId = await world.record([clip]);
  const endedAt = world.advance(1_000);
  const results = [{ clipId: clip.clipId, outcome: by(OTHER, 5_000n) }];
  await world.settle(runId, results, endedAt);
  expect(await world.settle(runId, results, endedAt)).toMatchObject({ replayed: 1 });
  await world.read([[clip, mine(clip, 8_000n)]]);
  for (const kind of ['unknown', 'not_found', 'private'] as const) await world.read([[clip, { kind, reason: 'x' }]]);

  expect(await earningsOf(database.pool, clip)).toBe(0n);
  expect(await standing(clip)).toEqual({ held: true, parked: true, views: '0' });
  const { rows } = await database.pool.query(
    'SELECT number, held FROM submission_hold_changes WHERE submission_id = $1',
    [clip.submissionId],
  );
  expect(rows).toEqual([{ number: 1, held: true }]);
  await expectNoDifference();
});

test('an approval whose read shows another author than before is not given: the admins are told why', async () => {
  const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
  const clip = await world.submitClip(campaignId);
  await bindAccount(clip);
  // Its first read showed the right one.
  await database.pool.query('UPDATE clip_submissions SET first_read_at = $2 WHERE id = $1', [
    clip.submissionId,
    world.now(),
  ]);
  expect(await world.read([[clip, by(OTHER, 1_000n)]])).toMatchObject({ read: 1, approved: 0 });
  const { rows } = await database.pool.query(
    'SELECT status, approval_requested_at, approval_blocked FROM clip_submissions WHERE id = $1',
    [clip.submissionId],
  );
  expect(rows).toEqual([
    { status: 'PENDING', approval_requested_at: null, approval_blocked: expect.stringContaining('@somebody.else') },
  ]);
  expect(await standing(clip)).toMatchObject({ held: false, parked: null });
  await expectNoDifference();
});

test('after the release the growth of the hold counts, the accepted author passes, and a third one does not', async () => {
  const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
  const clip = await addOwnClip(campaignId, 0n);
  await world.read([[clip, by(OTHER, 4_000n)]]);
  await release(clip);
  expect(await standing(clip)).toEqual({ held: false, parked: false, views: '0' });
  await world.read([[clip, by(OTHER, 6_000n)]]);
  expect(await earningsOf(database.pool, clip)).toBe(parseMicros('60'));
  await world.read([[clip, by('7', 7_000n)]]);
  expect(await standing(clip)).toEqual({ held: true, parked: true, views: '6000' });
  expect(await earningsOf(database.pool, clip)).toBe(parseMicros('60'));
  await expectNoDifference();
});

test('a pause that ends does not wake a clip on hold; a release during a pause waits for its end', async () => {
  const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
  const clip = await addOwnClip(campaignId, 0n);
  await world.read([[clip, by(OTHER, 4_000n)]]);
  const turn = (to: 'PAUSED' | 'ACTIVE') =>
    withTransaction(database.pool, async (tx) => {
      const { campaign } = await lockSubmission(tx, clip.submissionId);
      await changeStatus(tx, { campaign, to, reason: null, actorId: adminId, at: world.now() });
      await (to === 'PAUSED' ? parkCampaign(tx, campaignId) : wakeCampaign(tx, campaignId, world.now()));
    });
  await turn('PAUSED');
  await turn('ACTIVE');
  expect(await standing(clip)).toMatchObject({ held: true, parked: true });
  await turn('PAUSED');
  await release(clip);
  expect(await standing(clip)).toMatchObject({ held: false, parked: true });
  await turn('ACTIVE');
  expect(await standing(clip)).toMatchObject({ held: false, parked: false });
});

test.each([
  { parts: 500, how: 'as a whole' },
  { parts: 1, how: 'in parts' },
])(
  'a closing round settled $how neither waits for a clip on hold nor pays it, though a pause left it something',
  async ({ parts }) => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const clips = [
      await addOwnClip(campaignId, 0n),
      await addOwnClip(campaignId, 0n),
      await addOwnClip(campaignId, 0n),
    ];
    const [held, late, fine] = clips;
    if (!held || !late || !fine) throw new Error('three clips');
    // Owed and not paid: grown while the campaign was paused.
    await database.pool.query(`UPDATE campaigns SET status = 'PAUSED' WHERE id = $1`, [campaignId]);
    await world.read([[held, mine(held, 3_000n)]]);
    await database.pool.query(`UPDATE campaigns SET status = 'ACTIVE' WHERE id = $1`, [campaignId]);
    await database.pool.query(
      `INSERT INTO campaign_status_changes (id, campaign_id, from_status, to_status, settlement_number, actor_id)
     SELECT gen_random_uuid(), $1, f, t, n, $2 FROM (VALUES ('ACTIVE', 'PAUSED', 0), ('PAUSED', 'ACTIVE', 1)) AS v (f, t, n)`,
      [campaignId, adminId],
    );
    await world.read([[held, by(OTHER, 5_000n)]]);
    expect(await standing(held)).toEqual({ held: true, parked: true, views: '3000' });

    const roundId = await withTransaction(database.pool, (tx) =>
      beginClosingRound(tx, { campaignId, reason: 'ADMIN', actorId: null, now: world.now(), limitMs: 600_000 }),
    );
    expect(await standing(held)).toMatchObject({ parked: true });
    // One that turns out in the round itself to be somebody else's is no longer waited for either.
    await world.read([
      [late, by(OTHER, 9_000n)],
      [fine, mine(fine, 2_000n)],
    ]);
    const outcome = await finishClosingRound(
      database.pool,
      { roundId: roundId ?? '', now: world.now(), clipsMax: parts },
      world.config,
    );

    expect(outcome).toEqual({ kind: 'completed', creditedMicros: parseMicros('20') });
    for (const clip of [held, late]) expect(await earningsOf(database.pool, clip)).toBe(0n);
    expect(await earningsOf(database.pool, fine)).toBe(parseMicros('20'));
    expect(await campaignRow(database.pool, campaignId)).toMatchObject({ status: 'COMPLETED', spent: '20.000000' });
    const { rows } = await database.pool.query(
      `SELECT kind FROM notifications WHERE user_id = ANY ($1) ORDER BY kind`,
      [[held.userId, late.userId]],
    );
    expect(rows.map((row) => row.kind)).not.toContain('clip.unread_at_close');
    await expectNoDifference();
  },
);

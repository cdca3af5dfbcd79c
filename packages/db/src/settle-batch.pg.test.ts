import { parseMicros } from '@clipmeter/core/money';
import {
  campaignRow,
  createWorld,
  earningsOf,
  resultsOf,
  type World,
  type WorldClip,
} from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { formatAudit, runAudit } from '#src/audit.ts';
import { beginClosingRound } from '#src/closing-round.ts';
import { finishClosingRound } from '#src/finish-closing-round.ts';
import { releaseCampaign } from '#src/release-campaign.ts';
import { withTransaction } from '#src/transaction.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(() => {
  world = createWorld(database.pool);
});

async function expectNoDifference() {
  const report = await runAudit(database.pool);
  expect(formatAudit(report), formatAudit(report)).not.toContain('should be');
  expect(report.differences).toBe(0);
}

test('the worked example: $40 at 5,000 views, then the last $10 of the budget, completed with reason and time', async () => {
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const other = await world.addClip(campaignId, 0n);
  await world.read([[other, { plays: 5_000n }]]);
  const clip = await world.addClip(campaignId, 1_000n);

  await world.read([[clip, { plays: 5_000n }]]);
  expect(await earningsOf(database.pool, clip)).toBe(parseMicros('40'));
  expect((await campaignRow(database.pool, campaignId)).spent).toBe('90.000000');

  const summary = await world.read([[clip, { plays: 6_500n }]]);
  expect(summary.creditedMicros).toBe(parseMicros('10'));
  expect(summary.completedCampaignIds).toEqual([campaignId]);
  const campaign = await campaignRow(database.pool, campaignId);
  expect(campaign).toMatchObject({ spent: '100.000000', status: 'COMPLETED', completion_reason: 'BUDGET' });
  expect(campaign.completed_at).toEqual(world.now());

  for await (const { clips } of releaseCampaign(database.pool, { campaignId, clipsMax: 1, now: world.now }))
    expect(clips).toBeLessThanOrEqual(1);
  const { rows } = await database.pool.query(
    `SELECT s.final_earnings, a.balance FROM clip_submissions s JOIN ledger_accounts a ON a.user_id = s.user_id AND a.kind = 'available'
     WHERE s.id = $1`,
    [clip.submissionId],
  );
  expect(rows).toEqual([{ final_earnings: '50.000000', balance: '50.000000' }]);
  await expectNoDifference();
});

test('five clips owed $45 each in one batch share a $100 budget pro rata, to the micro, and complete it once', async () => {
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const clips = [];
  for (let i = 0; i < 5; i += 1) clips.push(await world.addClip(campaignId, 1_000n));
  const summary = await world.read(clips.map((clip) => [clip, { plays: 5_500n }] as const));

  expect(summary.creditedMicros).toBe(parseMicros('100'));
  for (const clip of clips) expect(await earningsOf(database.pool, clip)).toBe(parseMicros('20'));
  expect((await campaignRow(database.pool, campaignId)).spent).toBe('100.000000');
  const { rows } = await database.pool.query(
    `SELECT count(*)::int AS n FROM campaign_status_changes WHERE campaign_id = $1 AND to_status = 'COMPLETED'`,
    [campaignId],
  );
  expect(rows).toEqual([{ n: 1 }]);
  await expectNoDifference();
});

test('the same run delivered twice, one after the other and at once, is credited once', async () => {
  const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
  const clips = [await world.addClip(campaignId, 0n), await world.addClip(campaignId, 0n)];
  world.advance(60_000);
  const runId = await world.record(clips);
  const results = resultsOf(clips.map((clip) => [clip, { plays: 3_000n }] as const));
  const endedAt = world.advance(1_000);

  const deliveries = await Promise.all(Array.from({ length: 4 }, () => world.settle(runId, results, endedAt)));
  expect(deliveries.filter((delivery) => delivery.creditedMicros > 0n)).toHaveLength(1);
  expect(deliveries.map((delivery) => delivery.replayed).sort()).toEqual([0, 2, 2, 2]);
  const again = await world.settle(runId, results.toReversed(), endedAt);
  expect(again).toMatchObject({ replayed: 2, creditedMicros: 0n });
  expect((await campaignRow(database.pool, campaignId)).spent).toBe('60.000000');
  await expectNoDifference();
});

test('many runs over the same clips at once, in any order, neither deadlock nor pay the same views twice', async () => {
  const campaigns = [
    await world.addCampaign({ budget: '500', rate: '10' }),
    await world.addCampaign({ budget: '40', rate: '10' }),
  ];
  const clips: WorldClip[] = [];
  for (let i = 0; i < 20; i += 1) clips.push(await world.addClip(campaigns[i % 2] ?? '', 0n));
  world.advance(60_000);
  const runs = await Promise.all(Array.from({ length: 8 }, () => world.record(clips)));
  await Promise.all(
    runs.map((runId, i) => {
      const answers = resultsOf(clips.map((clip) => [clip, { plays: 1_000n + BigInt(i) }] as const));
      return world.settle(runId, i % 2 ? answers : answers.toReversed(), new Date(world.now().getTime() + 1 + i));
    }),
  );
  expect((await campaignRow(database.pool, campaigns[1] ?? '')).spent).toBe('40.000000');
  expect(parseMicros((await campaignRow(database.pool, campaigns[0] ?? '')).spent)).toBeLessThanOrEqual(
    parseMicros('100.7'),
  );
  await expectNoDifference();
});

test('unknown, private and not found move no money and make no snapshot; two not-founds hours apart make a clip gone', async () => {
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const clip = await world.addClip(campaignId, 100n);
  const availability = async () =>
    (await database.pool.query('SELECT availability, views FROM clips WHERE id = $1', [clip.clipId])).rows[0];

  await world.read([[clip, { kind: 'unknown', reason: 'no_items' }]]);
  expect(await availability()).toEqual({ availability: 'LIVE', views: '100' });
  await world.read([[clip, { kind: 'not_found', reason: 'NOT_FOUND' }]]);
  expect(await availability()).toEqual({ availability: 'LIVE', views: '100' });
  world.advance(3 * 3_600_000);
  await world.read([[clip, { kind: 'not_found', reason: 'NOT_FOUND' }]]);
  expect(await availability()).toEqual({ availability: 'GONE', views: '100' });
  await world.read([[clip, { plays: 1_100n }]]);
  expect(await availability()).toEqual({ availability: 'LIVE', views: '1100' });
  expect(await earningsOf(database.pool, clip)).toBe(parseMicros('10'));
  const { rows } = await database.pool.query('SELECT count(*)::int AS n FROM view_tracking WHERE clip_id = $1', [
    clip.clipId,
  ]);
  expect(rows).toEqual([{ n: 2 }]);
  await expectNoDifference();
});

test('falling views take nothing back, a late read credits nothing, another metric moves nothing, a jump waits for a second read', async () => {
  const campaignId = await world.addCampaign({ budget: '100000', rate: '10' });
  const clip = await world.addClip(campaignId, 0n);
  await world.read([[clip, { plays: 2_000n }]]);
  await world.read([[clip, { plays: 1_500n }]]);
  expect(await earningsOf(database.pool, clip)).toBe(parseMicros('20'));

  const late = await world.record([clip]);
  await world.settle(late, resultsOf([[clip, { plays: 9_000n }]]), new Date(world.now().getTime() - 5_000));
  await world.read([[clip, { views: 50_000n }]]);
  expect(await earningsOf(database.pool, clip)).toBe(parseMicros('20'));

  await world.read([[clip, { plays: 5_000_000n }]]);
  expect(await earningsOf(database.pool, clip)).toBe(parseMicros('20'));
  await world.read([[clip, { plays: 5_000_100n }]]);
  expect(await earningsOf(database.pool, clip)).toBe(parseMicros('50001'));
  await expectNoDifference();
});

test('a baseline is never guessed: an approval waits until the video can be read, and a run recorded before it was asked for does not count', async () => {
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  world.advance(1_000);
  const early = await world.record([]);
  world.advance(1_000);
  const clip = await world.submitClip(campaignId);
  const status = async () =>
    (
      await database.pool.query('SELECT status, initial_views, approval_blocked FROM clip_submissions WHERE id = $1', [
        clip.submissionId,
      ])
    ).rows[0];

  await world.settle(early, resultsOf([[clip, { plays: 10n }]]), world.advance(1_000));
  expect(await status()).toMatchObject({ status: 'PENDING' });
  await world.read([[clip, { kind: 'unknown', reason: 'the platform did not answer' }]]);
  expect(await status()).toMatchObject({
    status: 'PENDING',
    approval_blocked: expect.stringContaining('did not answer'),
  });
  await world.read([[clip, { plays: 500n }]]);
  expect(await status()).toEqual({ status: 'APPROVED', initial_views: '500', approval_blocked: null });
  expect(await earningsOf(database.pool, clip)).toBe(0n);
  await expectNoDifference();
});

test('a closing round holds what is read and settles it together; what cannot be read counts at its last views', async () => {
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const clips = [
    await world.addClip(campaignId, 0n),
    await world.addClip(campaignId, 0n),
    await world.addClip(campaignId, 0n),
  ];
  const [first, second, third] = clips;
  if (!first || !second || !third) throw new Error('three clips');
  const roundId = await withTransaction(database.pool, (tx) =>
    beginClosingRound(tx, { campaignId, reason: 'ADMIN', actorId: null, now: world.now(), limitMs: 600_000 }),
  );
  if (!roundId) throw new Error('the round did not begin');
  await world.read([[first, { plays: 9_000n }]]);
  expect(await earningsOf(database.pool, first)).toBe(0n);
  expect(await finishClosingRound(database.pool, { roundId, now: world.now() }, world.config)).toEqual({
    kind: 'waiting',
    missing: 2,
  });
  await world.read([
    [second, { plays: 3_000n }],
    [third, { kind: 'unknown', reason: 'timeout' }],
  ]);
  world.advance(600_000);
  expect(await finishClosingRound(database.pool, { roundId, now: world.now() }, world.config)).toMatchObject({
    kind: 'completed',
  });
  // $90 and $30 owed against $100: 75 and 25.
  expect(await earningsOf(database.pool, first)).toBe(parseMicros('75'));
  expect(await earningsOf(database.pool, second)).toBe(parseMicros('25'));
  expect(await campaignRow(database.pool, campaignId)).toMatchObject({
    status: 'COMPLETED',
    completion_reason: 'BUDGET',
  });
  expect(await finishClosingRound(database.pool, { roundId, now: world.now() }, world.config)).toEqual({
    kind: 'over',
  });
  const { rows } = await database.pool.query(`SELECT user_id FROM notifications WHERE kind = 'clip.unread_at_close'`);
  expect(rows).toEqual([{ user_id: third.userId }]);
  await expectNoDifference();
});

test('a round that closes for the budget and leaves some of it goes on; one that an admin closed gives the rest back', async () => {
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const clip = await world.addClip(campaignId, 0n);
  const begin = (reason: 'BUDGET' | 'ADMIN') =>
    withTransaction(database.pool, (tx) =>
      beginClosingRound(tx, { campaignId, reason, actorId: null, now: world.now(), limitMs: 600_000 }),
    );
  let roundId = await begin('BUDGET');
  await world.read([[clip, { plays: 2_000n }]]);
  expect(await finishClosingRound(database.pool, { roundId: roundId ?? '', now: world.now() }, world.config)).toEqual({
    kind: 'continues',
    creditedMicros: parseMicros('20'),
  });
  expect(await campaignRow(database.pool, campaignId)).toMatchObject({ status: 'ACTIVE', spent: '20.000000' });
  roundId = await begin('ADMIN');
  await world.read([[clip, { plays: 3_000n }]]);
  await finishClosingRound(database.pool, { roundId: roundId ?? '', now: world.now() }, world.config);
  expect(await campaignRow(database.pool, campaignId)).toMatchObject({
    status: 'COMPLETED',
    completion_reason: 'ADMIN',
    spent: '30.000000',
  });
  const { rows } = await database.pool.query(
    `SELECT balance FROM ledger_accounts WHERE kind = 'budget' AND campaign_id = $1`,
    [campaignId],
  );
  expect(rows).toEqual([{ balance: '0.000000' }]);
  await expectNoDifference();
});

test('an audit names a balance that does not follow from its entries', async () => {
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  await database.ownerPool.query(`UPDATE ledger_accounts SET balance = balance - 0.000001 WHERE campaign_id = $1`, [
    campaignId,
  ]);
  const report = await runAudit(database.pool);
  expect(formatAudit(report)).toContain('should be 100.000000, is 99.999999');
  expect(report.differences).toBeGreaterThan(0);
});

import { parseMicros } from '@clipmeter/core/money';
import { balanceOf, campaignSteps, scheduleOf } from '@clipmeter/testing/campaign-steps';
import {
  campaignRow,
  createWorld,
  earningsOf,
  LEASE_MS,
  resultsOf,
  type World,
  type WorldClip,
} from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { formatAudit, runAudit } from '#src/audit.ts';
import { releaseRun } from '#src/scrape-run.ts';
import { withTransaction } from '#src/transaction.ts';

let database: TestDatabase;
let world: World;
let steps: ReturnType<typeof campaignSteps>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  world = createWorld(database.pool);
  steps = campaignSteps(world, await world.addUser('ADMIN'));
});
afterEach(async () => {
  const report = await runAudit(database.pool);
  expect(report.differences, formatAudit(report)).toBe(0);
});

const later = (ms: number) => new Date(world.now().getTime() + ms);
const unknown = { kind: 'unknown', reason: 'no answer' } as const;

async function submissionRow(clip: WorldClip) {
  const { rows } = await database.pool.query<{
    status: string;
    initial_views: string | null;
    approval_requested_at: Date | null;
    approval_blocked: string | null;
    doubtful_views: string | null;
  }>(
    'SELECT status, initial_views, approval_requested_at, approval_blocked, doubtful_views FROM clip_submissions WHERE id = $1',
    [clip.submissionId],
  );
  return rows[0];
}

async function eventsOf(type: string, topic: string): Promise<Record<string, unknown>[]> {
  const { rows } = await database.pool.query<{ payload: Record<string, unknown> }>(
    'SELECT payload FROM events WHERE type = $1 AND topic = $2 ORDER BY id',
    [type, topic],
  );
  return rows.map((row) => row.payload);
}

describe('a run that is settled again', () => {
  test('with another end, as an API without runs gives it, pays nothing more', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const clip = await world.addClip(campaignId, 0n);
    const runId = await world.record([clip]);
    const endedAt = world.advance(1_000);
    const ends = [endedAt, later(700), later(1_400)];
    const views = [2_000n, 3_000n, 4_000n];
    const summaries = await Promise.all(
      ends.map((end, i) => world.settle(runId, resultsOf([[clip, { plays: views[i] ?? 0n }]]), end)),
    );
    expect(summaries.map((summary) => summary.replayed).sort()).toEqual([0, 1, 1]);
    expect(await balanceOf(world, 'pending', { campaignId, userId: clip.userId })).toBe(
      await earningsOf(world.pool, clip),
    );
  });

  test('with partly other answers settles what is new and counts a failure once', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const [read, unread, never] = [
      await world.addClip(campaignId, 0n),
      await world.addClip(campaignId, 0n),
      await world.addClip(campaignId, 0n),
    ];
    const runId = await world.record([read, unread, never]);
    const endedAt = world.advance(1_000);
    await world.settle(
      runId,
      resultsOf([
        [read, { plays: 1_000n }],
        [unread, unknown],
        [never, unknown],
      ]),
      endedAt,
    );
    const again = resultsOf([
      [read, unknown],
      [unread, { plays: 2_000n }],
      [never, unknown],
    ]);
    expect(await world.settle(runId, again, endedAt)).toMatchObject({ replayed: 1, read: 1 });
    expect(await earningsOf(world.pool, read)).toBe(parseMicros('10'));
    expect(await earningsOf(world.pool, unread)).toBe(parseMicros('20'));
    expect(await scheduleOf(world, never)).toMatchObject({ failures: 1 });
    const told = (await eventsOf('run.finished', 'admin')).filter((payload) => payload['runId'] === runId);
    expect(told).toEqual([expect.objectContaining({ claimed: 3, read: 1, unknown: 2 })]);
  });
});

describe('a clip that the run did not answer for', () => {
  test('goes back to the schedule in the same transaction, and no failure is counted against it', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const [answered, missing] = [await world.addClip(campaignId, 0n), await world.addClip(campaignId, 0n)];
    const runId = await world.record([answered, missing]);
    const summary = await world.settle(runId, resultsOf([[answered, { plays: 10n }]]), world.advance(1_000));
    expect(summary).toMatchObject({ read: 1, unknown: 1 });
    const schedule = await scheduleOf(world, missing);
    expect(schedule).toMatchObject({ leaseUntil: null, runId: null, failures: 0 });
    expect(schedule?.dueAt).toEqual(later(60_000));
  });

  test('goes back from an empty batch too', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const clips = [await world.addClip(campaignId, 0n), await world.addClip(campaignId, 0n)];
    const runId = await world.record(clips);
    expect(await world.settle(runId, [], world.advance(1_000))).toMatchObject({ read: 0, unknown: 2 });
    for (const clip of clips) expect(await scheduleOf(world, clip)).toMatchObject({ runId: null, failures: 0 });
  });

  test('stays parked when its campaign was paused meanwhile', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const clip = await world.addClip(campaignId, 0n);
    const runId = await world.record([clip]);
    await steps.setPaused(campaignId, true);
    await world.settle(runId, [], world.advance(1_000));
    expect(await scheduleOf(world, clip)).toMatchObject({ dueAt: 'parked', runId: null });
  });
});

describe('a run whose lease expired', () => {
  test('pays for what it found and leaves the clip to the run that holds it now', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const clip = await world.addClip(campaignId, 0n);
    const first = await world.record([clip]);
    world.advance(LEASE_MS + 1);
    const second = await world.record([clip]);
    await world.settle(first, resultsOf([[clip, { plays: 1_000n }]]), world.advance(1_000));
    expect(await earningsOf(world.pool, clip)).toBe(parseMicros('10'));
    expect(await scheduleOf(world, clip)).toMatchObject({ runId: second, leaseUntil: later(LEASE_MS - 1_000) });
    await world.settle(second, resultsOf([[clip, { plays: 1_500n }]]), world.advance(1_000));
    expect(await earningsOf(world.pool, clip)).toBe(parseMicros('15'));
    expect(await scheduleOf(world, clip)).toMatchObject({ runId: null, leaseUntil: null });
  });

  test('and found nothing changes nothing', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const clip = await world.addClip(campaignId, 0n);
    const first = await world.record([clip]);
    world.advance(LEASE_MS + 1);
    const second = await world.record([clip]);
    await world.settle(first, resultsOf([[clip, unknown]]), world.advance(1_000));
    expect(await scheduleOf(world, clip)).toMatchObject({ runId: second, failures: 0 });
  });
});

describe('a clip that is rejected while it is read and submitted elsewhere', () => {
  test('gets no baseline, credit or note from the old run', async () => {
    const [campaignId, elsewhere] = [
      await world.addCampaign({ budget: '100', rate: '10' }),
      await world.addCampaign({ budget: '100', rate: '10' }),
    ];
    const before = await world.submitClip(campaignId);
    const [old, silent] = [await world.record([before]), await world.record([before])];
    await steps.reject(before);
    world.advance(1_000);
    const clip = await world.submitClip(elsewhere, undefined, 'TIKTOK', before.clipId);
    const fresh = await world.record([clip]);
    await world.settle(silent, resultsOf([[clip, unknown]]), world.advance(1_000));
    await world.settle(old, resultsOf([[clip, { plays: 100n }]]), world.advance(1_000));
    expect(await submissionRow(clip)).toMatchObject({ status: 'PENDING', approval_blocked: null });
    expect(await scheduleOf(world, clip)).toMatchObject({ runId: fresh, urgent: true });
    expect(await eventsOf('campaign.changed', `campaign:${elsewhere}`)).toEqual([]);
    await world.settle(fresh, resultsOf([[clip, { plays: 900n }]]), world.advance(1_000));
    expect(await submissionRow(clip)).toMatchObject({ status: 'APPROVED', initial_views: '900' });
  });
});

describe('a pause', () => {
  test('is not ended by a failed read, nor by a run that is given back', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const [failing, given] = [await world.addClip(campaignId, 0n), await world.addClip(campaignId, 0n)];
    const [failingRun, givenRun] = [await world.record([failing]), await world.record([given])];
    await steps.setPaused(campaignId, true);
    await world.settle(failingRun, resultsOf([[failing, unknown]]), world.advance(1_000));
    await withTransaction(database.pool, (tx) =>
      releaseRun(tx, { runId: givenRun, retryAt: later(1_000), error: 'throttled', now: world.now() }),
    );
    expect(await scheduleOf(world, failing)).toMatchObject({ dueAt: 'parked', failures: 1, runId: null });
    expect(await scheduleOf(world, given)).toMatchObject({ dueAt: 'parked', failures: 0, runId: null });
    await steps.setPaused(campaignId, false);
    expect((await scheduleOf(world, failing))?.dueAt).toEqual(world.now());
    expect((await scheduleOf(world, given))?.dueAt).toEqual(world.now());
  });

  test('ends with its campaign: the closing round pays what grew during it', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const [read, unread] = [await world.addClip(campaignId, 0n), await world.addClip(campaignId, 0n)];
    const inFlight = await world.record([read, unread]);
    await steps.setPaused(campaignId, true);
    const grown = resultsOf([
      [read, { plays: 1_000n }],
      [unread, { plays: 1_000n }],
    ]);
    await world.settle(inFlight, grown, world.advance(1_000));
    expect((await campaignRow(world.pool, campaignId)).spent).toBe('0.000000');
    world.advance(1);
    const roundId = await steps.beginClosing(campaignId, 'ADMIN');
    await world.read([
      [read, { plays: 3_000n }],
      [unread, { kind: 'private', reason: 'private' }],
    ]);
    expect(await steps.finishClosing(roundId ?? '')).toMatchObject({ kind: 'completed' });
    expect(await earningsOf(world.pool, read)).toBe(parseMicros('30'));
    expect(await earningsOf(world.pool, unread)).toBe(parseMicros('10'));
  });
});

describe('an approval', () => {
  test('that reaches a closing campaign has to be asked for again, and says so', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    await world.addClip(campaignId, 0n);
    const clip = await world.submitClip(campaignId);
    await steps.beginClosing(campaignId, 'BUDGET');
    await world.read([[clip, { plays: 5n }]]);
    expect(await submissionRow(clip)).toMatchObject({
      status: 'PENDING',
      approval_requested_at: null,
      approval_blocked: expect.stringContaining('Approve again'),
    });
    expect(await scheduleOf(world, clip)).toBeNull();
    const told = { submissionId: clip.submissionId, status: 'PENDING', approvalRequested: false };
    expect((await eventsOf('submission.changed', `user:${clip.userId}`)).at(-1)).toMatchObject(told);
    expect((await eventsOf('submission.changed', 'admin')).at(-1)).toMatchObject(told);
  });

  test('that waits is told to the review queue once for each reason', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const clip = await world.submitClip(campaignId);
    await world.read([[clip, unknown]]);
    await world.read([[clip, unknown]]);
    const told = await eventsOf('submission.changed', `user:${clip.userId}`);
    expect(told).toEqual([expect.objectContaining({ submissionId: clip.submissionId, approvalRequested: true })]);
  });

  test('in a campaign that has ended is not read for any more', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const [idle, reading] = [await world.submitClip(campaignId), await world.submitClip(campaignId)];
    const runId = await world.record([reading]);
    await steps.cancel(campaignId);
    expect(await scheduleOf(world, idle)).toBeNull();
    await world.settle(runId, resultsOf([[reading, unknown]]), world.advance(1_000));
    expect(await scheduleOf(world, reading)).toBeNull();
    await steps.release(campaignId);
    for (const clip of [idle, reading])
      expect(await submissionRow(clip)).toMatchObject({ status: 'PENDING', approval_requested_at: null });
  });

  test('of a video that earned elsewhere before tells credits of its own campaign only', async () => {
    const [campaignId, elsewhere] = [
      await world.addCampaign({ budget: '100', rate: '10' }),
      await world.addCampaign({ budget: '100', rate: '10' }),
    ];
    const earlier = await world.addClip(campaignId, 0n);
    await world.read([[earlier, { plays: 4_000n }]]);
    await world.pool.query(`UPDATE clip_submissions SET status = 'REVOKED' WHERE id = $1`, [earlier.submissionId]);
    await world.pool.query(
      `INSERT INTO submission_status_changes (id, submission_id, from_status, to_status, settlement_number)
       SELECT gen_random_uuid(), $1, 'APPROVED', 'REVOKED', settlement_number FROM campaigns WHERE id = $2`,
      [earlier.submissionId, campaignId],
    );
    const clip = await world.submitClip(elsewhere, undefined, 'TIKTOK', earlier.clipId);
    await world.read([[clip, { plays: 4_100n }]]);
    const [told] = await eventsOf('earnings.changed', `user:${clip.userId}`);
    expect(told).toMatchObject({ clips: [{ earnings: '40.000000', credited: '0.000000' }] });
  });
});

describe('a closing round', () => {
  test('replaces what a run had read before it began, and waits for that', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const clip = await world.addClip(campaignId, 0n);
    const early = await world.record([clip]);
    const readAt = world.advance(1_000);
    world.advance(1_000);
    const roundId = (await steps.beginClosing(campaignId, 'ADMIN')) ?? '';
    await world.settle(early, resultsOf([[clip, { plays: 1_000n }]]), readAt);
    expect(await steps.finishClosing(roundId)).toEqual({ kind: 'waiting', missing: 1 });
    await world.read([[clip, { plays: 1_700n }]]);
    expect(await steps.finishClosing(roundId)).toMatchObject({ kind: 'completed' });
    expect(await earningsOf(world.pool, clip)).toBe(parseMicros('17'));
    expect(await world.settle(early, resultsOf([[clip, { plays: 9_000n }]]), readAt)).toMatchObject({
      creditedMicros: 0n,
    });
  });

  test('counts what was read before it began when nothing newer comes', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const clip = await world.addClip(campaignId, 0n);
    const early = await world.record([clip]);
    const readAt = world.advance(1_000);
    world.advance(1_000);
    const roundId = (await steps.beginClosing(campaignId, 'ADMIN')) ?? '';
    await world.settle(early, resultsOf([[clip, { plays: 1_000n }]]), readAt);
    await world.read([[clip, { kind: 'not_found', reason: 'gone' }]]);
    expect(await steps.finishClosing(roundId)).toMatchObject({ kind: 'completed' });
    expect(await earningsOf(world.pool, clip)).toBe(parseMicros('10'));
  });

  test('reads a doubtful jump a second time and pays it when it is confirmed', async () => {
    const campaignId = await world.addCampaign({ budget: '100000', rate: '10' });
    const clip = await world.addClip(campaignId, 0n);
    const roundId = (await steps.beginClosing(campaignId, 'ADMIN')) ?? '';
    await world.read([[clip, { plays: 3_000_000n }]]);
    expect(await submissionRow(clip)).toMatchObject({ doubtful_views: '3000000' });
    expect(await steps.finishClosing(roundId)).toEqual({ kind: 'waiting', missing: 1 });
    await world.read([[clip, { plays: 3_000_100n }]]);
    expect(await steps.finishClosing(roundId)).toMatchObject({ kind: 'completed' });
    expect(await earningsOf(world.pool, clip)).toBe(parseMicros('30001'));
    expect(await submissionRow(clip)).toMatchObject({ doubtful_views: null });
  });

  test('pays a clip for its last views when the jump stays doubtful or the metric is another, and tells its clipper', async () => {
    const campaignId = await world.addCampaign({ budget: '100000', rate: '10' });
    const [doubtful, mismatched] = [await world.addClip(campaignId, 0n), await world.addClip(campaignId, 0n)];
    const inFlight = await world.record([doubtful, mismatched]);
    await steps.setPaused(campaignId, true);
    const grown = resultsOf([
      [doubtful, { plays: 1_000n }],
      [mismatched, { plays: 1_000n }],
    ]);
    await world.settle(inFlight, grown, world.advance(1_000));
    world.advance(1_000);
    const roundId = (await steps.beginClosing(campaignId, 'ADMIN')) ?? '';
    await world.read([
      [doubtful, { plays: 3_000_000n }],
      [mismatched, { views: 70_000n }],
    ]);
    world.advance(600_000);
    expect(await steps.finishClosing(roundId)).toMatchObject({ kind: 'completed' });
    for (const clip of [doubtful, mismatched]) {
      expect(await earningsOf(world.pool, clip)).toBe(parseMicros('10'));
      const { rows } = await database.pool.query(
        `SELECT kind FROM notifications WHERE user_id = $1 AND kind = 'clip.unread_at_close'`,
        [clip.userId],
      );
      expect(rows).toHaveLength(1);
    }
  });

  test('that is cancelled pays nothing of what it held: nobody gains by being read first', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const [held, unread] = [await world.addClip(campaignId, 0n), await world.addClip(campaignId, 0n)];
    const roundId = (await steps.beginClosing(campaignId, 'ADMIN')) ?? '';
    const inFlight = await world.record([unread]);
    await world.read([[held, { plays: 1_000n }]]);
    expect(await steps.cancel(campaignId)).toBe(true);
    expect(await scheduleOf(world, held)).toBeNull();
    await world.settle(inFlight, resultsOf([[unread, { plays: 1_000n }]]), world.advance(1_000));
    expect(await steps.finishClosing(roundId)).toEqual({ kind: 'over' });
    expect(await campaignRow(world.pool, campaignId)).toMatchObject({ status: 'CANCELLED', spent: '0.000000' });
    expect(await balanceOf(world, 'budget', { campaignId })).toBe(0n);
    await steps.release(campaignId);
  });

  test('waits no longer for a clip than its next answer: a read that comes out of order makes it due again', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const clip = await world.addClip(campaignId, 0n);
    const slow = await world.record([clip]);
    const slowEnd = world.advance(1_000);
    await world.read([[clip, { plays: 100n }]]);
    await steps.beginClosing(campaignId, 'ADMIN');
    await world.settle(slow, resultsOf([[clip, { plays: 50n }]]), slowEnd);
    expect((await scheduleOf(world, clip))?.urgent).toBe(true);
  });
});

describe('events', () => {
  test('tell a forecast that changes without a settlement', async () => {
    const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
    const clip = await world.addClip(campaignId, 0n);
    const slow = await world.record([clip]);
    const slowEnd = world.advance(1_000);
    world.advance(60_000);
    await world.read([[clip, { plays: 5_000n }]]);
    await world.settle(slow, resultsOf([[clip, { plays: 2_000n }]]), slowEnd);
    const { rows } = await database.pool.query<{ version: string; expected: string }>(
      'SELECT version, expected FROM campaigns WHERE id = $1',
      [campaignId],
    );
    expect((await eventsOf('campaign.changed', `campaign:${campaignId}`)).at(-1)).toMatchObject({
      version: Number(rows[0]?.version),
      expected: rows[0]?.expected,
    });
  });
});

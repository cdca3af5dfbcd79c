import { createWorld } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLateness } from '#src/read-lateness.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('what is due and nobody reads counts, the longest first; what is leased or not due yet does not', async () => {
  const world = createWorld(database.pool);
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const due = async (nextDueAt: Date, leaseUntil: Date | null) => {
    const { clipId } = await world.submitClip(campaignId, undefined, 'TIKTOK');
    await database.pool.query('UPDATE clip_schedules SET next_due_at = $2, lease_until = $3 WHERE clip_id = $1', [
      clipId,
      nextDueAt,
      leaseUntil,
    ]);
  };
  await due(before(900), before(-60)); // somebody reads it
  await due(before(600), before(1)); // whoever read it is gone
  await due(before(30), null);
  await due(before(-30), null); // not yet

  const lateness = await readLateness(database.pool, { now: NOW, countMax: 10 });
  expect(lateness.find(({ platform }) => platform === 'TIKTOK')).toMatchObject({ due: 2, oldestDueSeconds: 600 });
  expect(lateness.find(({ platform }) => platform === 'X')).toMatchObject({ due: 0, oldestDueSeconds: 0 });
  const [first] = await readLateness(database.pool, { now: NOW, countMax: 1 });
  expect(first?.due ?? 0).toBeLessThanOrEqual(1);
});

test('a tick is as late as the last one began after its time, or as the next one is overdue', async () => {
  const tick = (queue: string, state: string, startAfterSeconds: number, startedSeconds: number | null) =>
    database.ownerPool.query(
      `INSERT INTO pgboss.job (name, state, start_after, started_on)
       VALUES ($1, $2::pgboss.job_state, now() - make_interval(secs => $3), now() - make_interval(secs => $4))`,
      [queue, state, startAfterSeconds, startedSeconds],
    );
  await tick('tick.TIKTOK', 'completed', 400, 100); // an earlier one
  await tick('tick.TIKTOK', 'completed', 50, 45);
  await tick('tick.YOUTUBE', 'completed', 50, 49);
  await tick('tick.YOUTUBE', 'created', 120, null);
  const late = new Map(
    (await readLateness(database.pool, { now: NOW, countMax: 1 })).map((row) => [row.platform, row.tickLateSeconds]),
  );
  expect(late.get('TIKTOK')).toBeCloseTo(5, 3);
  expect(late.get('YOUTUBE')).toBeGreaterThanOrEqual(120);
  expect(late.get('YOUTUBE')).toBeLessThan(180);
  expect(late.get('X')).toBe(0);
});

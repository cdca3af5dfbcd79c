import { createWorld, type World } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimDue } from '#src/claim-due.ts';
import { newId } from '#src/new-id.ts';
import { withTransaction } from '#src/transaction.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = createWorld(database.pool);
});
afterAll(() => database.drop());

test('urgent clips that never get an answer leave a quarter of each batch to the others', async () => {
  const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
  const usual = [await world.addClip(campaignId, 0n), await world.addClip(campaignId, 0n)].map((clip) => clip.clipId);
  world.advance(24 * 3_600_000);
  const urgent: string[] = [];
  for (let i = 0; i < 9; i += 1) urgent.push((await world.submitClip(campaignId)).clipId);
  const due = await withTransaction(database.pool, (tx) =>
    claimDue(tx, { platform: 'TIKTOK', limit: 8, now: world.now(), leaseMs: 60_000, runId: newId() }),
  );
  expect(due.filter((clip) => clip.urgent)).toHaveLength(6);
  expect(
    due
      .filter((clip) => !clip.urgent)
      .map((clip) => clip.clipId)
      .sort(),
  ).toEqual(usual.sort());
  await database.pool.query('DELETE FROM clip_schedules');
});

test('an urgent clip is claimed before a backlog; every clip by one of two trackers, and again when its lease is over', async () => {
  const campaignId = await world.addCampaign({ budget: '1000', rate: '10' });
  const backlog = [];
  for (let i = 0; i < 5; i += 1) backlog.push((await world.addClip(campaignId, 0n)).clipId);
  world.advance(24 * 3_600_000);
  const urgent = (await world.submitClip(campaignId)).clipId;
  const claim = (limit: number) =>
    withTransaction(database.pool, (tx) =>
      claimDue(tx, { platform: 'TIKTOK', limit, now: world.now(), leaseMs: 60_000, runId: newId() }),
    );
  const ids = (due: readonly { clipId: string }[]) => due.map(({ clipId }) => clipId);

  expect(ids(await claim(2))[0]).toBe(urgent);
  const [one, two] = await Promise.all([claim(2), claim(2)]);
  const claimed = [...ids(one), ...ids(two)];
  expect(new Set(claimed).size).toBe(claimed.length);
  while ((await claim(2)).length > 0);
  world.advance(60_001);
  expect(ids(await claim(10)).sort()).toEqual([...backlog, urgent].sort());
});

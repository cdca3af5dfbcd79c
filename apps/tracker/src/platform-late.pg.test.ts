import { platformNotice } from '@clipmeter/core/platform-notice';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTrackerWorld, type SimulatedClip, type TrackerWorld } from '#src/tracker-world.fixture.ts';

let tracker: TrackerWorld;
let clips: SimulatedClip[];
beforeAll(async () => {
  tracker = await openTrackerWorld();
  const campaignId = await tracker.world.addCampaign({ budget: '100', rate: '1' });
  clips = [];
  for (let index = 0; index < 3; index += 1) clips.push(await tracker.postClip(campaignId, 100));
  await tracker.readAll();
});
afterAll(() => tracker.stop());

async function eventsOf(type: string) {
  const { rows } = await tracker.pool.query<{ topic: string; payload: Record<string, unknown> }>(
    'SELECT topic, payload FROM events WHERE type = $1 ORDER BY id',
    [type],
  );
  return rows;
}

test('everyone is told that a platform is late in our words, admins alone what it said', async () => {
  tracker.faults.add({
    platform: 'TIKTOK',
    kind: 'http_error',
    status: 402,
    type: 'not-enough-usage-to-run-paid-actor',
  });
  await tracker.readAll();
  tracker.faults.clear();

  const [changed] = await eventsOf('platform.changed');
  expect(changed).toMatchObject({ topic: 'platforms', payload: { status: 'STOPPED' } });
  expect(changed?.payload['reason']).toBe(platformNotice('TIKTOK', 'STOPPED'));
  const [detail] = await eventsOf('platform.detail');
  const { reason } = await tracker.platformRow('TIKTOK');
  expect(reason).toContain('not-enough-usage');
  expect(detail).toMatchObject({
    topic: 'admin',
    payload: { reason, lastError: reason, version: changed?.payload['version'] },
  });
  await tracker.readAll();
  expect((await eventsOf('platform.changed')).at(-1)).toMatchObject({ payload: { status: 'OK', reason: null } });
});

test('a run that answered for too few is told again with what its row says then', async () => {
  tracker.faults.add({ platform: 'TIKTOK', kind: 'empty' });
  const [runId] = await tracker.readAll();
  tracker.faults.clear();
  const told = (await eventsOf('run.finished')).filter(({ payload }) => payload['runId'] === runId);
  expect(told).toHaveLength(2);
  const row = await tracker.runRow(runId ?? '');
  expect(row).toMatchObject({ status: 'SETTLED', claimed: clips.length, read: 0, unknown: clips.length });
  expect(told[1]).toMatchObject({
    topic: 'admin',
    payload: { corrected: true, claimed: row.claimed, read: row.read, unknown: row.unknown, error: row.error },
  });
});

async function readOne() {
  await tracker.makeDue();
  await tracker.pool.query(
    `UPDATE clip_schedules SET next_due_at = now() + interval '1 day'
     WHERE clip_id <> (SELECT clip_id FROM clip_schedules ORDER BY clip_id LIMIT 1)`,
  );
  const runIds = await tracker.tick('TIKTOK');
  for (const runId of runIds) await tracker.deliver(runId, { platform: 'TIKTOK' });
  return runIds.length;
}

test('a run too small for an incident does not end one, and the first answer does', async () => {
  tracker.faults.add({ platform: 'TIKTOK', kind: 'no_items' });
  await tracker.readAll();
  expect((await tracker.platformRow('TIKTOK')).status).toBe('DELAYED');
  expect(await readOne()).toBe(1);
  expect((await tracker.platformRow('TIKTOK')).status).toBe('DELAYED');
  tracker.faults.clear();
  expect(await readOne()).toBe(1);
  expect((await tracker.platformRow('TIKTOK')).status).toBe('OK');
});

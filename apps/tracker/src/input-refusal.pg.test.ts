import type { Platform } from '@clipmeter/core/platform';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseFaultPoints } from '#src/fault-points.ts';
import { openTrackerWorld, type SimulatedClip, type TrackerWorld } from '#src/tracker-world.fixture.ts';

// A platform takes no run at all for one address that it cannot read: HTTP 400 invalid-input, for the whole batch.

const HOUR_MS = 3_600_000;

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
afterAll(() => tracker.stop());
beforeEach(async () => {
  tracker.faults.clear();
  await tracker.pool.query('DELETE FROM clip_schedules');
  await tracker.pool.query('UPDATE alerts SET resolved_at = now() WHERE resolved_at IS NULL');
  await tracker.pool.query(`UPDATE platform_states SET status = 'OK', retry_at = NULL, failures = 0, refusals = 0`);
});

async function clipsOf(count: number, platform: Platform = 'TIKTOK') {
  const campaignId = await tracker.world.addCampaign({ budget: '1000', rate: '10' });
  const clips: SimulatedClip[] = [];
  for (let i = 0; i < count; i += 1) clips.push(await tracker.postClip(campaignId, 1_000, platform));
  return { campaignId, clips };
}

/** Ticks, and delivers what each claims, until one claims nothing. Answers the sizes of the runs. */
async function readToRest(platform: Platform = 'TIKTOK', ticksMax = 20): Promise<number[]> {
  const sizes: number[] = [];
  for (let i = 0; i < ticksMax; i += 1) {
    const runIds = await tracker.tick(platform);
    if (runIds.length === 0) return sizes;
    for (const runId of runIds) {
      await tracker.deliver(runId, { platform });
      sizes.push((await tracker.runRow(runId)).claimed);
    }
  }
  throw new Error(`no rest after ${ticksMax} ticks`);
}

async function scheduleOf(clip: SimulatedClip) {
  const { rows } = await tracker.pool.query<{
    failures: number;
    last_outcome: string | null;
    apart: string | null;
    lease_until: Date | null;
    waits_ms: number;
  }>(
    `SELECT failures, last_outcome, apart, lease_until, extract(epoch FROM next_due_at - now())::float8 * 1000 AS waits_ms
     FROM clip_schedules WHERE clip_id = $1`,
    [clip.clipId],
  );
  const [row] = rows;
  if (!row) throw new Error('no schedule');
  return row;
}

async function statusOf(clip: SimulatedClip) {
  const { rows } = await tracker.pool.query<{ status: string; approval_blocked: string | null }>(
    'SELECT status, approval_blocked FROM clip_submissions WHERE id = $1',
    [clip.submissionId],
  );
  return rows[0];
}

function refuse(clip: SimulatedClip, more: { named?: boolean; calls?: number } = {}): void {
  tracker.faults.add({ platform: clip.platform, kind: 'invalid_input', match: clip.externalId, ...more });
}

test.each([
  ['TIKTOK', false],
  ['TIKTOK', true],
  ['INSTAGRAM', false],
  ['X', true],
] as const)(
  '%s, named %s: one bad link is found, and all the others are read in the same minute',
  async (platform, named) => {
    const { clips } = await clipsOf(9, platform);
    const [, , bad] = clips;
    if (!bad) throw new Error('no clip');
    refuse(bad, { named });
    const sizes = await readToRest(platform);
    expect(sizes.slice(0, 2)).toEqual(named ? [9, 8] : [9, 5]);
    for (const clip of clips) {
      if (clip === bad) continue;
      expect(await statusOf(clip)).toMatchObject({ status: 'APPROVED' });
      expect(await scheduleOf(clip)).toMatchObject({ failures: 0, last_outcome: 'found', apart: null });
    }
    expect(await statusOf(bad)).toMatchObject({
      status: 'PENDING',
      approval_blocked: 'Waiting for the first read: the platform does not take this link.',
    });
    const waiting = await scheduleOf(bad);
    expect(waiting).toMatchObject({ failures: 1, last_outcome: 'refused', lease_until: null });
    expect(waiting.waits_ms).toBeGreaterThan(HOUR_MS / 2);
    expect(await tracker.platformRow(platform)).toMatchObject({ status: 'OK' });
    expect(await tracker.openAlerts()).toEqual(['input_refused']);
  },
);

test('what was read before is read on in one run: the suspects are what never was', async () => {
  const { clips, campaignId } = await clipsOf(12);
  await tracker.readAll();
  for (const clip of clips) tracker.setViews(clip, 2_000);
  const bad = await tracker.postClip(campaignId, 1_000);
  refuse(bad);
  await tracker.makeDue();
  const before = tracker.startCount();
  expect((await readToRest()).toSorted((a, b) => b - a)).toEqual([13, 12, 1]);
  expect(tracker.startCount() - before).toBe(1);
  expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '120.000000' });
});

test('the bad one never spoils a batch again, waits longer each time, and is read as soon as it is taken', async () => {
  const { clips, campaignId } = await clipsOf(4);
  const [bad, ...good] = clips;
  if (!bad) throw new Error('no clip');
  refuse(bad);
  await readToRest();
  const first = (await scheduleOf(bad)).waits_ms;
  for (const clip of good) tracker.setViews(clip, 2_000);
  await tracker.makeDue();
  expect((await readToRest()).toSorted()).toEqual([1, 3]);
  expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '30.000000' });
  const again = await scheduleOf(bad);
  expect(again).toMatchObject({ failures: 2, last_outcome: 'refused' });
  expect(again.waits_ms).toBeGreaterThan(first * 1.9);

  tracker.faults.clear();
  await tracker.makeDue();
  await readToRest();
  expect(await statusOf(bad)).toMatchObject({ status: 'APPROVED', approval_blocked: null });
  expect(await scheduleOf(bad)).toMatchObject({ failures: 0, last_outcome: 'found', apart: null });
  expect(await tracker.openAlerts()).toEqual([]);
});

test('a process that dies between the refusal and its record asks again, and neither pays nor loses a clip', async () => {
  const { clips } = await clipsOf(4);
  const [bad] = clips;
  if (!bad) throw new Error('no clip');
  refuse(bad);
  const [runId = ''] = await tracker.tick();
  const before = tracker.startCount();
  const faultPoints = parseFaultPoints('run:after-start=throw');
  await expect(tracker.deliver(runId, { faultPoints })).rejects.toThrow('run:after-start');
  await tracker.deliver(runId);
  expect(await tracker.runRow(runId)).toMatchObject({ status: 'RECORDED' });
  expect(tracker.startCount()).toBe(before);
  await tracker.deliver(runId, { adoptWaitMs: 0 });
  expect(await tracker.runRow(runId)).toMatchObject({ status: 'FAILED', cost: null });
  // Delivered once more, it cuts nothing a second time.
  const groups = async () => (await Promise.all(clips.map(scheduleOf))).map(({ apart }) => apart);
  const cut = await groups();
  await tracker.deliver(runId);
  expect(await groups()).toEqual(cut);
  expect(new Set(cut).size).toBe(2);
  await readToRest();
  expect((await Promise.all(clips.map(statusOf))).map((row) => row?.status)).toEqual([
    'PENDING',
    'APPROVED',
    'APPROVED',
    'APPROVED',
  ]);
});

test('a run that another worker has taken over since is not cut', async () => {
  const { clips } = await clipsOf(2);
  const [bad] = clips;
  if (!bad) throw new Error('no clip');
  refuse(bad);
  const [runId = ''] = await tracker.tick();
  const taken = await tracker.world.record(clips);
  await tracker.deliver(runId);
  for (const clip of clips) expect(await scheduleOf(clip)).toMatchObject({ apart: null });
  const { rows } = await tracker.pool.query('SELECT DISTINCT run_id FROM clip_schedules');
  expect(rows).toEqual([{ run_id: taken }]);
});

test('a round that somebody asked for waits for the runs that the refused one became', async () => {
  const { clips } = await clipsOf(3);
  const [bad] = clips;
  if (!bad) throw new Error('no clip');
  const roundId = crypto.randomUUID();
  await tracker.pool.query(
    `INSERT INTO tracking_rounds (id, status, every_clip, requested_at, started_at, limit_at)
     VALUES ($1, 'RUNNING', true, now(), now(), now() + interval '1 hour')`,
    [roundId],
  );
  for (const { clipId } of clips)
    await tracker.pool.query(
      `INSERT INTO tracking_round_clips (round_id, clip_id, platform) VALUES ($1, $2, 'TIKTOK')`,
      [roundId, clipId],
    );
  refuse(bad);
  await readToRest();
  const { rows } = await tracker.pool.query<{ clip_id: string; status: string }>(
    `SELECT t.clip_id, r.status FROM tracking_round_clips t JOIN scrape_runs r ON r.id = t.run_id WHERE round_id = $1`,
    [roundId],
  );
  const statuses = new Map(rows.map((row) => [row.clip_id, row.status]));
  expect(clips.map((clip) => statuses.get(clip.clipId))).toEqual(['FAILED', 'SETTLED', 'SETTLED']);
  await tracker.pool.query('DELETE FROM tracking_round_clips');
  await tracker.pool.query('DELETE FROM tracking_rounds');
});

test('a platform that takes nothing is what is wrong: it waits, and in the end no clip stands apart', async () => {
  const { clips } = await clipsOf(40);
  const before = tracker.startCount();
  tracker.faults.add({ platform: 'TIKTOK', kind: 'invalid_input' });
  for (let i = 0; i < 12 && (await tracker.platformRow('TIKTOK')).status === 'OK'; i += 1) {
    for (const runId of await tracker.tick()) await tracker.deliver(runId);
  }
  expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'DELAYED', retry_at: expect.any(Date) });
  expect(await tracker.tick()).toEqual([]);
  const { rows } = await tracker.pool.query('SELECT DISTINCT apart FROM clip_schedules');
  expect(rows).toEqual([{ apart: null }]);
  expect(tracker.startCount()).toBe(before);

  tracker.faults.clear();
  await tracker.makeDue();
  await tracker.pool.query(`UPDATE scrape_runs SET status = 'FAILED' WHERE status = 'RECORDED'`);
  await tracker.pool.query('UPDATE clip_schedules SET lease_until = NULL');
  expect(await readToRest()).toEqual([40]);
  for (const clip of clips) expect(await statusOf(clip)).toMatchObject({ status: 'APPROVED' });
  expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'OK' });
  expect(await tracker.openAlerts()).toEqual([]);
});

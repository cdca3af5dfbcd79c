import type { Platform } from '@clipmeter/core/platform';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTrackerWorld, type SimulatedClip, type TrackerWorld } from '#src/tracker-world.fixture.ts';

// Every fault that the platforms' documentation and fixtures show, played by the simulator against the daemon's own jobs.

const HOUR_MS = 3_600_000;
/** Each clip of a case is approved at 1,000 views and then has 2,000, which pays $10. */
const DOLLARS_EACH = 10;

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
afterAll(() => tracker.stop());
beforeEach(async () => {
  tracker.faults.clear();
  await tracker.pool.query('DELETE FROM clip_schedules');
  await tracker.pool.query('UPDATE alerts SET resolved_at = now() WHERE resolved_at IS NULL');
  await tracker.pool.query(
    `UPDATE platform_states SET status = 'OK', reason = NULL, retry_at = NULL, failures = 0, last_error = NULL`,
  );
  await tracker.pool.query(`UPDATE scrape_runs SET status = 'FAILED' WHERE status IN ('RECORDED', 'STARTED')`);
});

interface Case {
  readonly campaignId: string;
  readonly platform: Platform;
  readonly clips: readonly SimulatedClip[];
}

/** A campaign whose clips are approved and have grown since. */
async function grownClips(count: number, platform: Platform = 'TIKTOK'): Promise<Case> {
  const campaignId = await tracker.world.addCampaign({ budget: '1000', rate: '10' });
  const clips = [];
  for (let i = 0; i < count; i += 1) clips.push(await tracker.postClip(campaignId, 1_000, platform));
  await tracker.readAll(platform);
  for (const clip of clips) tracker.setViews(clip, 2_000);
  return { campaignId, platform, clips };
}

async function onlyRun(runIds: readonly string[]): Promise<string> {
  const [runId] = runIds;
  if (runId === undefined || runIds.length > 1) throw new Error(`${runIds.length} runs`);
  return runId;
}

/** What the database says of a case's clips, in their order. */
async function clipRows({ clips }: Case) {
  const { rows } = await tracker.pool.query<{
    id: string;
    views: string;
    earnings: string;
    availability: string;
    failures: number | null;
    lease_until: Date | null;
    snapshots: number;
  }>(
    `SELECT c.id, c.views, c.earnings, c.availability, s.failures, s.lease_until,
       (SELECT count(*)::integer FROM view_tracking v WHERE v.clip_id = c.id) AS snapshots
     FROM clips c LEFT JOIN clip_schedules s ON s.clip_id = c.id WHERE c.id = ANY ($1::uuid[])`,
    [clips.map((clip) => clip.clipId)],
  );
  return clips.map((clip) => rows.find((row) => row.id === clip.clipId));
}

const UNTOUCHED = { views: '1000', earnings: '0.000000', availability: 'LIVE', lease_until: null, snapshots: 1 };
const PAID = { views: '2000', earnings: '10.000000', availability: 'LIVE', lease_until: null, snapshots: 2 };

async function expectAll(given: Case, state: object): Promise<void> {
  expect(await clipRows(given)).toEqual(given.clips.map(() => expect.objectContaining(state)));
}

/** The platform is well again: what is due is read and paid once. */
async function expectPaidAfterwards(given: Case): Promise<void> {
  tracker.faults.clear();
  await tracker.readAll(given.platform);
  await expectAll(given, { views: '2000', earnings: '10.000000' });
  expect(await tracker.campaign(given.campaignId)).toMatchObject({
    spent: `${given.clips.length * DOLLARS_EACH}.000000`,
  });
  expect(await tracker.platformRow(given.platform)).toMatchObject({ status: 'OK', reason: null });
  expect(await tracker.openAlerts()).toEqual([]);
}

describe('a run that SUCCEEDED and says nothing: no snapshot, no money, no clip blamed, the platform slows down', () => {
  test.each([
    ['TIKTOK', 'empty'],
    ['TIKTOK', 'no_items'],
    ['TIKTOK', 'no_results'],
    ['TIKTOK', 'mock_rows'],
    ['TIKTOK', 'empty_profile'],
    ['TIKTOK', 'invalid_urls'],
    ['TIKTOK', 'null_counts'],
    ['TIKTOK', 'negative_counts'],
    ['TIKTOK', 'text_counts'],
    ['INSTAGRAM', 'text_counts'],
    ['YOUTUBE', 'null_counts'],
    ['YOUTUBE', 'negative_counts'],
    ['YOUTUBE', 'text_counts'],
    ['INSTAGRAM', 'empty'],
    ['INSTAGRAM', 'no_items'],
    ['INSTAGRAM', 'null_counts'],
    ['INSTAGRAM', 'negative_counts'],
    ['X', 'empty'],
    ['X', 'no_results'],
    ['X', 'mock_rows'],
    ['X', 'text_counts'],
  ] as const)('%s: %s', async (platform, kind) => {
    const given = await grownClips(3, platform);
    tracker.faults.add({ platform, kind });
    await tracker.readAll(platform);
    await expectAll(given, { ...UNTOUCHED, failures: 0 });
    expect(await tracker.platformRow(platform)).toMatchObject({ status: 'DELAYED', retry_at: expect.any(Date) });
    expect(await tracker.openAlerts()).toEqual(['platform_incident']);

    await tracker.pool.query(`UPDATE clip_schedules SET next_due_at = '2020-01-01'`);
    expect(await tracker.tick(platform)).toEqual([]);
    await expectPaidAfterwards(given);
  });
});

describe('a run that answers for a part: each clip is paid its growth or left as it was', () => {
  test.each([
    ['TIKTOK', 'no_items'],
    ['TIKTOK', 'not_found'],
    ['TIKTOK', 'null_counts'],
    ['TIKTOK', 'missing_items'],
    ['YOUTUBE', 'text_counts'],
    ['INSTAGRAM', 'no_items'],
    ['X', 'mock_rows'],
  ] as const)('%s: %s', async (platform, kind) => {
    const given = await grownClips(6, platform);
    tracker.faults.add({ platform, kind, share: 0.4 });
    const runId = await onlyRun(await tracker.readAll(platform));
    expect(await tracker.runRow(runId)).toMatchObject({ status: 'SETTLED', claimed: 6 });
    for (const row of await clipRows(given)) expect([UNTOUCHED, PAID]).toContainEqual(pick(row));
    tracker.faults.clear();
    await tracker.readAll(platform);
    await expectAll(given, { views: '2000', earnings: '10.000000' });
  });

  test.each(['timed_out', 'aborted'] as const)('TIKTOK: %s, cut short with half of its items', async (kind) => {
    const given = await grownClips(6);
    tracker.faults.add({ platform: 'TIKTOK', kind });
    await tracker.readAll();
    const rows = (await clipRows(given)).map(pick);
    expect(rows.filter((row) => row.earnings === PAID.earnings)).toHaveLength(3);
    for (const row of rows) expect([UNTOUCHED, PAID]).toContainEqual(row);
    expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'DELAYED' });
    await expectPaidAfterwards(given);
  });

  test.each(['shuffled', 'duplicates'] as const)('%s items are each read as their own video, once', async (kind) => {
    const given = await grownClips(4);
    for (const [index, clip] of given.clips.entries()) tracker.setViews(clip, 1_000 * (index + 2));
    tracker.faults.add({ platform: 'TIKTOK', kind });
    await tracker.readAll();
    const earned = (await clipRows(given)).map((row) => row?.earnings);
    expect(earned).toEqual(['10.000000', '20.000000', '30.000000', '40.000000']);
  });
});

function pick(row: Awaited<ReturnType<typeof clipRows>>[number]) {
  if (!row) throw new Error('no clip');
  const { views, earnings, availability, lease_until, snapshots } = row;
  return { views, earnings, availability, lease_until, snapshots };
}

describe('doubtful counts move no money', () => {
  test('views where plays were: stored, flagged, not paid', async () => {
    const given = await grownClips(2, 'INSTAGRAM');
    tracker.faults.add({ platform: 'INSTAGRAM', kind: 'metric_switch' });
    await tracker.readAll('INSTAGRAM');
    await expectAll(given, { views: '1000', earnings: '0.000000' });
    const { rows } = await tracker.pool.query(
      'SELECT flag FROM view_tracking WHERE clip_id = $1 ORDER BY date DESC LIMIT 1',
      [given.clips[0]?.clipId],
    );
    expect(rows).toEqual([{ flag: 'metric_mismatch' }]);
    await expectPaidAfterwards(given);
  });

  test('falling counts are recorded as they are, take nothing back and are not paid twice', async () => {
    const given = await grownClips(2);
    await tracker.readAll();
    tracker.faults.add({ platform: 'TIKTOK', kind: 'falling_counts', calls: 1 });
    await tracker.readAll();
    await expectAll(given, { views: '1800', earnings: '10.000000', snapshots: 3 });
    await expectPaidAfterwards(given);
  });

  test('a staircase of rounded counts pays each step once', async () => {
    const given = await grownClips(1);
    for (const views of [53_400, 53_900, 54_100]) {
      for (const clip of given.clips) tracker.setViews(clip, views);
      await tracker.readAll();
    }
    const [row] = await clipRows(given);
    expect(Number(row?.earnings)).toBe(((Number(row?.views) - 1_000) * 10) / 1_000);
  });
});

describe('a platform that refuses the start', () => {
  test.each([
    [402, 'not-enough-usage-to-run-paid-actor'],
    [402, 'platform-feature-disabled'],
    [402, 'actor-is-not-rented'],
    [402, 'max-total-charge-usd-below-minimum'],
    [401, 'invalid-token'],
    [403, 'insufficient-permissions'],
    [404, 'actor-not-found'],
  ] as const)('with %i %s is stopped, and an alert is raised until it goes on', async (status, type) => {
    const given = await grownClips(2);
    tracker.faults.add({ platform: 'TIKTOK', kind: 'http_error', status, type });
    await tracker.readAll();
    await expectAll(given, { ...UNTOUCHED, failures: 0 });
    expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'STOPPED' });
    expect(await tracker.openAlerts()).toEqual(['billing_stop']);
    await tracker.pool.query(`UPDATE clip_schedules SET next_due_at = '2020-01-01'`);
    expect(await tracker.tick()).toEqual([]);
    await expectPaidAfterwards(given);
  });

  test.each([
    [429, 'rate-limit-exceeded'],
    [402, 'concurrent-runs-limit-exceeded'],
    [402, 'actor-memory-limit-exceeded'],
  ] as const)('with %i %s is waited for, and nobody is woken', async (status, type) => {
    const given = await grownClips(2);
    tracker.faults.add({ platform: 'TIKTOK', kind: 'http_error', status, type });
    await tracker.readAll();
    await expectAll(given, { ...UNTOUCHED, failures: 0 });
    expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'DELAYED' });
    expect(await tracker.openAlerts()).toEqual([]);
    await tracker.pool.query(`UPDATE clip_schedules SET next_due_at = '2020-01-01'`);
    expect(await tracker.tick()).toEqual([]);
    await expectPaidAfterwards(given);
  });

  test.each([
    ['http_error', 403, 'quotaExceeded'],
    ['http_error', 429, 'rateLimitExceeded'],
    ['http_error', 500, 'backendError'],
    ['invalid_json', undefined, undefined],
    ['drop', undefined, undefined],
  ] as const)('YouTube: %s %s %s', async (kind, status, type) => {
    const given = await grownClips(2, 'YOUTUBE');
    tracker.faults.add({ platform: 'YOUTUBE', kind, ...(status === undefined ? {} : { status, type }) });
    await tracker.readAll('YOUTUBE');
    await expectAll(given, { ...UNTOUCHED, failures: 0 });
    expect(await tracker.platformRow('YOUTUBE')).toMatchObject({ status: 'DELAYED' });
    await tracker.pool.query(`UPDATE clip_schedules SET next_due_at = '2020-01-01'`);
    expect(await tracker.tick('YOUTUBE')).toEqual([]);
    await expectPaidAfterwards(given);
  });

  test('by a run that ends FAILED with nothing in it', async () => {
    const given = await grownClips(3);
    tracker.faults.add({ platform: 'TIKTOK', kind: 'failed' });
    const runId = await onlyRun(await tracker.readAll());
    expect(await tracker.runRow(runId)).toMatchObject({ status: 'FAILED' });
    await expectAll(given, { ...UNTOUCHED, failures: 0 });
    expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'DELAYED' });
    await expectPaidAfterwards(given);
  });
});

describe('an answer that is lost starts no second run', () => {
  /** Delivers the batch's job as often as it asks for itself. */
  async function deliverToItsEnd(runId: string, adoptWaitMs = 60_000): Promise<number> {
    for (let times = 1; times <= 6; times += 1) {
      await tracker.deliver(runId, { adoptWaitMs });
      if ((await tracker.runRow(runId)).status === 'SETTLED') return times;
    }
    throw new Error('the run did not settle');
  }

  test.each([
    ['accept_then_drop', 'start', undefined],
    ['http_error', 'run', 500],
    ['invalid_json', 'run', undefined],
    ['http_error', 'items', 429],
    ['drop', 'items', undefined],
  ] as const)('%s at %s %s', async (kind, at, status) => {
    const given = await grownClips(2);
    await tracker.makeDue();
    const runId = await onlyRun(await tracker.tick());
    const before = tracker.startCount();
    tracker.faults.add({ platform: 'TIKTOK', kind, at, calls: 1, ...(status === undefined ? {} : { status }) });
    await deliverToItsEnd(runId);
    expect(tracker.startCount() - before).toBe(1);
    await expectAll(given, PAID);
  });

  test.each([
    ['list', 'http_error'],
    ['list', 'drop'],
    ['input', 'invalid_json'],
  ] as const)('neither while the platform does not answer at %s: %s', async (at, kind) => {
    const given = await grownClips(2);
    await tracker.makeDue();
    const runId = await onlyRun(await tracker.tick());
    const before = tracker.startCount();
    tracker.faults.add({ platform: 'TIKTOK', kind: 'accept_then_drop', calls: 1 });
    tracker.faults.add({ platform: 'TIKTOK', kind, at, calls: 1 });
    // Nobody waits before a second start would be allowed: it must be the answer that keeps it from starting.
    await deliverToItsEnd(runId, 0);
    expect(tracker.startCount() - before).toBe(1);
    await expectAll(given, PAID);
  });

  test.each([
    ['http_error', 500],
    ['invalid_json', undefined],
    ['drop', undefined],
  ] as const)('%s %s at the start, and no run was: started once, after the wait', async (kind, status) => {
    const given = await grownClips(2);
    await tracker.makeDue();
    const runId = await onlyRun(await tracker.tick());
    const before = tracker.startCount();
    tracker.faults.add({ platform: 'TIKTOK', kind, calls: 1, ...(status === undefined ? {} : { status }) });
    await tracker.deliver(runId);
    await tracker.deliver(runId);
    expect(tracker.startCount() - before).toBe(0);
    await deliverToItsEnd(runId, 0);
    expect(tracker.startCount() - before).toBe(1);
    await expectAll(given, PAID);
  });
});

test('a bill that settles late is asked for again, and what it comes to is kept', async () => {
  const given = await grownClips(2);
  const runId = await onlyRun(await tracker.readAll());
  await expectAll(given, PAID);
  // What the platform shows at first is not the whole: a minimum charge of $0.50.
  expect(await tracker.runRow(runId)).toMatchObject({ cost: '0.300000', cost_is_final: false });
  const asked = () => tracker.sent.filter(({ queue, data }) => queue === 'cost' && data.runId === runId).length;
  expect(asked()).toBe(1);
  await tracker.askCost(runId);
  expect(await tracker.runRow(runId)).toMatchObject({ cost: '0.300000', cost_is_final: false });
  expect(asked()).toBe(2);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30_000 });
  await tracker.askCost(runId);
  vi.useRealTimers();
  expect(await tracker.runRow(runId)).toMatchObject({ cost: '0.500000', cost_is_final: true });
  expect(asked()).toBe(2);
});

// From here on time moves, which the simulator's does not: no run is found again by its time.
describe('a video that is not there', () => {
  test('is called gone after two answers hours apart, keeps its money, and comes back', async () => {
    const given = await grownClips(1);
    const [clip] = given.clips;
    if (!clip) throw new Error('no clip');
    const { catalogue } = tracker.simulator.store;
    catalogue.changeVideo('TIKTOK', clip.externalId, { state: 'deleted' });
    await tracker.readAll();
    await tracker.readAll();
    await expectAll(given, { ...UNTOUCHED, failures: 2 });
    tracker.later(2 * HOUR_MS + 1);
    await tracker.readAll();
    await expectAll(given, { ...UNTOUCHED, availability: 'GONE' });

    catalogue.changeVideo('TIKTOK', clip.externalId, { state: 'live' });
    await tracker.readAll();
    await expectAll(given, PAID);
  });

  test.each(['private_post', 'private_profile'] as const)('%s is private at once, and recovers', async (kind) => {
    const given = await grownClips(2);
    tracker.faults.add({ platform: 'TIKTOK', kind });
    await tracker.readAll();
    await expectAll(given, { ...UNTOUCHED, availability: 'PRIVATE' });
    expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'OK' });
    await expectPaidAfterwards(given);
  });
});

describe('no clip blocks those behind it', () => {
  /** Ticks as the daemon does, a minute apart, and delivers what they claim. */
  async function ticks(count: number, platform: Platform, maxBatch: number): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      for (const runId of await tracker.tick(platform, { maxBatch })) await tracker.deliver(runId, { platform });
      tracker.later(60_000);
    }
  }

  // A private reel cannot be told from one that would not load: it is unknown for ever.
  const hide = (clip: SimulatedClip) =>
    tracker.simulator.store.catalogue.changeVideo(clip.platform, clip.externalId, { state: 'private' });

  test('a clip that is always unknown is read less and less, the others as often as ever', async () => {
    const given = await grownClips(4, 'INSTAGRAM');
    const [bad, ...good] = given.clips;
    if (!bad) throw new Error('no clip');
    hide(bad);
    await ticks(8, 'INSTAGRAM', 2);
    const rows = await clipRows(given);
    expect(rows[0]).toMatchObject({ ...UNTOUCHED, availability: 'LIVE' });
    expect(rows[0]?.failures).toBeGreaterThanOrEqual(2);
    for (const row of rows.slice(1)) {
      expect(row).toMatchObject({ views: '2000', earnings: '10.000000' });
      expect(row?.snapshots).toBeGreaterThanOrEqual(5);
    }
    expect(good).toHaveLength(3);
  });

  test('approvals that never get their first read do not keep the others from theirs, not even as a mass', async () => {
    const given = await grownClips(2, 'INSTAGRAM');
    for (let i = 0; i < 6; i += 1) hide(await tracker.postClip(given.campaignId, 1_000, 'INSTAGRAM'));
    await ticks(12, 'INSTAGRAM', 4);
    await expectAll(given, { views: '2000', earnings: '10.000000' });
    expect(await tracker.openAlerts()).toEqual(['platform_incident']);
  });
});

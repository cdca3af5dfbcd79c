import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseFaultPoints } from '#src/fault-points.ts';
import { openTrackerWorld, type TrackerWorld } from '#src/tracker-world.fixture.ts';

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
afterEach(() => tracker.faults.clear());
afterAll(() => tracker.stop());

/** A campaign whose clips have their baseline. */
async function campaignWithClips(views: readonly number[], spec = { budget: '100', rate: '10' }) {
  const campaignId = await tracker.world.addCampaign(spec);
  const clips = [];
  for (const count of views) clips.push(await tracker.postClip(campaignId, count));
  await tracker.readAll();
  return { campaignId, clips };
}

async function only<T>(items: Promise<readonly T[]>): Promise<T> {
  const [item, ...more] = await items;
  if (item === undefined || more.length > 0) throw new Error('expected one');
  return item;
}

test('growth on the platform becomes money: claimed, read, settled', async () => {
  const { campaignId, clips } = await campaignWithClips([1_000]);
  const [clip] = clips;
  if (!clip) throw new Error('no clip');
  tracker.setViews(clip, 5_000);
  const runId = await only(tracker.readAll());

  expect(await tracker.earnings(clip)).toBe(40_000_000n);
  expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '40.000000', status: 'ACTIVE' });
  expect(await tracker.runRow(runId)).toMatchObject({ status: 'SETTLED', read: 1, unknown: 0 });
  expect(await tracker.scheduleRow(clip)).toMatchObject({ lease_until: null, last_outcome: 'found' });
  expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'OK' });
});

test('YouTube is read through its own API and settles the same way', async () => {
  const campaignId = await tracker.world.addCampaign({ budget: '100', rate: '10' });
  const clip = await tracker.postClip(campaignId, 200, 'YOUTUBE');
  await tracker.readAll('YOUTUBE');
  tracker.setViews(clip, 1_200);
  await tracker.readAll('YOUTUBE');
  expect(await tracker.earnings(clip)).toBe(10_000_000n);
});

test('five clips owed $45 each in one batch spend a $100 budget to the micro, once', async () => {
  const { campaignId, clips } = await campaignWithClips([100, 200, 300, 400, 500]);
  for (const [index, clip] of clips.entries()) tracker.setViews(clip, 100 * (index + 1) + 4_500);
  await tracker.readAll();
  const earned = await Promise.all(clips.map((clip) => tracker.earnings(clip)));
  expect(earned).toEqual([20_000_000n, 20_000_000n, 20_000_000n, 20_000_000n, 20_000_000n]);
  expect(await tracker.campaign(campaignId)).toMatchObject({
    spent: '100.000000',
    status: 'COMPLETED',
    completion_reason: 'BUDGET',
  });
});

describe('a job that is delivered twice', () => {
  test('credits once, one after the other or at once', async () => {
    const { campaignId, clips } = await campaignWithClips([1_000, 1_000]);
    for (const clip of clips) tracker.setViews(clip, 2_000);
    await tracker.makeDue();
    const runId = await only(tracker.tick());
    const startsBefore = tracker.startCount();
    await Promise.all([tracker.deliver(runId), tracker.deliver(runId), tracker.deliver(runId)]);
    await tracker.deliver(runId);
    expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '20.000000' });
    expect(tracker.startCount() - startsBefore).toBe(1);
  });

  test('settles after a first delivery that broke before its commit', async () => {
    const { campaignId, clips } = await campaignWithClips([1_000]);
    for (const clip of clips) tracker.setViews(clip, 2_000);
    await tracker.makeDue();
    const runId = await only(tracker.tick());
    const faultPoints = parseFaultPoints('settle:before-commit=throw');
    await expect(tracker.deliver(runId, { faultPoints })).rejects.toThrow('settle:before-commit');
    expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '0.000000' });
    await tracker.deliver(runId);
    expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '10.000000' });
  });
});

describe('a start whose answer is lost', () => {
  test('is found again by its input and paid once', async () => {
    const { campaignId, clips } = await campaignWithClips([1_000]);
    for (const clip of clips) tracker.setViews(clip, 2_000);
    await tracker.makeDue();
    const runId = await only(tracker.tick());
    tracker.faults.add({ platform: 'TIKTOK', kind: 'accept_then_drop', calls: 1 });
    const startsBefore = tracker.startCount();
    await tracker.deliver(runId);
    expect(await tracker.runRow(runId)).toMatchObject({ status: 'RECORDED', external_run_id: null });
    expect(tracker.sent.at(-1)).toMatchObject({ data: { runId }, startAfter: 5 });

    await tracker.deliver(runId);
    expect(await tracker.runRow(runId)).toMatchObject({ status: 'SETTLED' });
    expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '10.000000' });
    expect(tracker.startCount() - startsBefore).toBe(1);
  });

  test('is started again only after the configured wait, when no such run has appeared', async () => {
    const { campaignId, clips } = await campaignWithClips([1_000]);
    for (const clip of clips) tracker.setViews(clip, 2_000);
    await tracker.makeDue();
    const runId = await only(tracker.tick());
    tracker.faults.add({ platform: 'TIKTOK', kind: 'drop', at: 'start', calls: 1 });
    const startsBefore = tracker.startCount();
    await tracker.deliver(runId);
    await tracker.deliver(runId);
    expect(tracker.startCount()).toBe(startsBefore);

    await tracker.deliver(runId, { adoptWaitMs: 0 });
    expect(tracker.startCount() - startsBefore).toBe(1);
    expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '10.000000' });
  });

  test('by a crash right after it is found again too', async () => {
    const { campaignId, clips } = await campaignWithClips([1_000]);
    for (const clip of clips) tracker.setViews(clip, 2_000);
    await tracker.makeDue();
    const runId = await only(tracker.tick());
    const startsBefore = tracker.startCount();
    const faultPoints = parseFaultPoints('run:after-start=throw');
    await expect(tracker.deliver(runId, { faultPoints })).rejects.toThrow('run:after-start');
    await tracker.deliver(runId);
    expect(tracker.startCount() - startsBefore).toBe(1);
    expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '10.000000' });
  });
});

describe('a platform that does not answer', () => {
  test('by asking us to wait gets its batch back later, and no clip changes', async () => {
    const { clips } = await campaignWithClips([1_000]);
    const [clip] = clips;
    if (!clip) throw new Error('no clip');
    tracker.faults.add({ platform: 'TIKTOK', kind: 'http_error', status: 429, type: 'rate-limit-exceeded' });
    const runId = await only(tracker.readAll());
    expect(await tracker.runRow(runId)).toMatchObject({ status: 'FAILED' });
    expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'DELAYED' });
    expect(await tracker.scheduleRow(clip)).toMatchObject({ lease_until: null });
    expect(await tracker.tick()).toEqual([]);

    tracker.faults.clear();
    await tracker.readAll();
    expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'OK', reason: null });
  });

  test('for want of money is stopped, and somebody is told until it goes on', async () => {
    await campaignWithClips([1_000]);
    const type = 'not-enough-usage-to-run-paid-actor';
    tracker.faults.add({ platform: 'TIKTOK', kind: 'http_error', status: 402, type });
    await tracker.readAll();
    expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'STOPPED' });
    expect(await tracker.openAlerts()).toContain('billing_stop');

    tracker.faults.clear();
    await tracker.readAll();
    expect(await tracker.platformRow('TIKTOK')).toMatchObject({ status: 'OK' });
    expect(await tracker.openAlerts()).not.toContain('billing_stop');
  });
});

describe('an unknown is never a zero', () => {
  test.each(['empty', 'no_items', 'null_counts', 'negative_counts', 'text_counts'] as const)(
    'a run that succeeded with %s moves nothing, writes no snapshot and blames no clip',
    async (kind) => {
      const { campaignId, clips } = await campaignWithClips([1_000, 2_000]);
      for (const clip of clips) tracker.setViews(clip, 3_000);
      await tracker.readAll();
      const before = await tracker.campaign(campaignId);
      tracker.faults.add({ platform: 'TIKTOK', kind });
      for (const clip of clips) tracker.setViews(clip, 4_000);
      const runId = await only(tracker.readAll());

      expect(await tracker.campaign(campaignId)).toEqual(before);
      const { rows } = await tracker.pool.query('SELECT FROM view_tracking WHERE run_id = $1', [runId]);
      expect(rows).toEqual([]);
      for (const clip of clips) {
        const { rows: views } = await tracker.pool.query('SELECT views FROM clips WHERE id = $1', [clip.clipId]);
        expect(views).toEqual([{ views: '3000' }]);
        expect(await tracker.scheduleRow(clip)).toMatchObject({ lease_until: null });
      }
    },
  );
});

test('when the process stops, a batch that waits for its run is handed on at once', async () => {
  const { campaignId, clips } = await campaignWithClips([1_000]);
  for (const clip of clips) tracker.setViews(clip, 2_000);
  await tracker.makeDue();
  const runId = await only(tracker.tick());
  tracker.faults.add({ platform: 'TIKTOK', kind: 'hang', calls: 1 });
  await tracker.deliver(runId, { signal: AbortSignal.timeout(200) });
  expect(await tracker.runRow(runId)).toMatchObject({ status: 'STARTED' });
  expect(tracker.sent.at(-1)).toMatchObject({ data: { runId }, startAfter: 0 });
  expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '0.000000' });
});

import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { parseFaultPoints } from '#src/fault-points.ts';
import { createWorkMetrics } from '#src/metrics/work-metrics.ts';
import { openTrackerWorld, type SimulatedClip, type TrackerWorld } from '#src/tracker-world.fixture.ts';

const registry = new Registry();
let world: TrackerWorld;
beforeAll(async () => {
  world = await openTrackerWorld(undefined, createWorkMetrics(registry, ['TIKTOK']));
});
afterEach(() => world.faults.clear());
afterAll(() => world.stop());

/** Clips that have their baselines, due, with a thousand views more each; what is counted so far is forgotten. */
async function dueClips(count = 2): Promise<SimulatedClip[]> {
  await world.pool.query('DELETE FROM clip_schedules');
  const campaignId = await world.world.addCampaign({ budget: '100', rate: '10' });
  const clips: SimulatedClip[] = [];
  while (clips.length < count) clips.push(await world.postClip(campaignId, 1_000));
  await world.readAll();
  for (const clip of clips) world.setViews(clip, 2_000);
  await world.makeDue();
  registry.resetMetrics();
  return clips;
}

/** Everything that was counted since, as `name label=content ...`. */
async function counted(): Promise<Record<string, number>> {
  const families = await registry.getMetricsAsJSON();
  const values = families.flatMap(({ name, values: series }) =>
    series.flatMap(({ labels, value }): [string, number][] => {
      if (value === 0 || name.endsWith('_seconds')) return [];
      const { platform: _, ...rest } = labels;
      return [[[name.replace(/^clipmeter_|_total$/g, ''), ...Object.values(rest)].join(' '), value]];
    }),
  );
  return Object.fromEntries(values);
}

async function runs(): Promise<string[]> {
  return world.tick();
}

test('a batch counts once, however often its job is delivered', async () => {
  await dueClips();
  const faultPoints = parseFaultPoints('run:started=throw');
  for (const runId of await runs()) {
    await expect(world.deliver(runId, { faultPoints })).rejects.toThrow('run:started');
    // Its run is known now: each of these collects it and settles.
    await Promise.all([world.deliver(runId), world.deliver(runId), world.deliver(runId)]);
    await world.deliver(runId);
  }
  expect(await counted()).toEqual({
    'batches settled': 1,
    'clip_outcomes found': 2,
    'run_starts started': 1,
    credits: 2,
    'credited_usd batch': 20,
  });
});

test('a run that was found again after its answer was lost is adopted, and started by nobody', async () => {
  await dueClips();
  world.faults.add({ platform: 'TIKTOK', kind: 'accept_then_drop', calls: 1 });
  for (const runId of await runs()) {
    await world.deliver(runId);
    expect(await counted()).toEqual({});
    await world.deliver(runId);
  }
  expect(await counted()).toMatchObject({ 'run_starts adopted': 1, 'batches settled': 1, credits: 2 });
  expect(await counted()).not.toHaveProperty('run_starts started');
});

test.each([
  ['http_error', { status: 429, type: 'rate-limit-exceeded' }, 'throttled'],
  ['http_error', { status: 402, type: 'not-enough-usage-to-run-paid-actor' }, 'stopped'],
] as const)('a platform that gives nothing: %s %o is %s', async (kind, more, outcome) => {
  await dueClips();
  world.faults.add({ platform: 'TIKTOK', kind, ...more });
  for (const runId of await runs()) await world.deliver(runId);
  expect(await counted()).toEqual({ [`batches ${outcome}`]: 1, 'clip_outcomes put_back': 2 });
});

test('a run that brings back nothing counts in part, its clips as unknown and no money', async () => {
  await dueClips(20);
  world.faults.add({ platform: 'TIKTOK', kind: 'empty' });
  for (const runId of await runs()) await world.deliver(runId);
  expect(await counted()).toEqual({ 'batches in_part': 1, 'clip_outcomes unknown': 20, 'run_starts started': 1 });
});

test('a batch that is refused for a clip in it counts as rejected, and the clip once it stands alone', async () => {
  const [bad] = await dueClips();
  world.faults.add({ platform: 'TIKTOK', kind: 'invalid_input', match: bad?.externalId ?? '' });
  for (const runId of await runs()) await world.deliver(runId);
  expect(await counted()).toEqual({ 'batches rejected': 1, 'clip_outcomes put_back': 2 });
  await world.makeDue();
  for (const runId of await runs()) await world.deliver(runId);
  expect(await counted()).toMatchObject({ 'batches rejected': 2, 'batches settled': 1, 'clip_outcomes refused': 1 });
});

test('a bill counts once it is final', async () => {
  await dueClips();
  const runIds = await runs();
  for (const runId of runIds) {
    await world.deliver(runId);
    await world.askCost(runId);
  }
  expect(await counted()).not.toHaveProperty('read_cost_usd');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30_000 });
  for (const runId of runIds) await world.askCost(runId);
  vi.useRealTimers();
  expect(await counted()).toMatchObject({ read_cost_usd: 0.5 });
});

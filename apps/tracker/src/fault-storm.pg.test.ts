import type { Platform } from '@clipmeter/core/platform';
import { formatAudit, runAudit } from '@clipmeter/db/audit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTrackerWorld, type SimulatedClip, type TrackerWorld } from '#src/tracker-world.fixture.ts';
// A test may stand on the simulator; nothing else of this app does.
import { FAULT_KINDS, type NewFault, STAGES } from '../../simulator/src/fault.ts';

const ROUNDS = 6;
const CLIPS = 5;
const BASELINE = 1_000;
const MICROS_PER_VIEW = 10_000n;
/** Deliveries of one run until its end: each may be met by another fault. */
const DELIVERIES_MAX = 60;

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
afterAll(() => tracker.stop());

/** Everything that can be wrong with a platform, all at once, each now and then. A hang would last for minutes. */
function breakEverything(platform: Platform): void {
  for (const kind of FAULT_KINDS) {
    if (kind === 'hang') continue;
    const fault: NewFault = { platform, kind, probability: 0.06 };
    tracker.faults.add(kind === 'not_found' || kind === 'wrong_video' ? { ...fault, share: 0.4 } : fault);
  }
  for (const at of STAGES) tracker.faults.add({ platform, kind: 'http_error', status: 429, at, probability: 0.05 });
  const type = 'not-enough-usage-to-run-paid-actor';
  tracker.faults.add({ platform, kind: 'http_error', status: 402, type, probability: 0.05 });
}

/** One look at the platform, and each run that comes of it delivered to its end. */
async function readRound(platform: Platform): Promise<void> {
  await tracker.makeDue();
  for (const runId of await tracker.tick(platform)) {
    for (let times = 1; ; times += 1) {
      await tracker.deliver(runId, { platform, adoptWaitMs: 0 });
      const { status } = await tracker.runRow(runId);
      if (status === 'SETTLED' || status === 'FAILED') break;
      if (times === DELIVERIES_MAX) throw new Error(`run ${runId} is ${status} after ${times} deliveries`);
    }
  }
}

async function clipRows(clips: readonly SimulatedClip[]) {
  const { rows } = await tracker.pool.query<{ id: string; views: string; earnings: string; availability: string }>(
    'SELECT id, views, earnings, availability FROM clips WHERE id = ANY ($1::uuid[])',
    [clips.map((clip) => clip.clipId)],
  );
  return rows;
}

test.each(['TIKTOK', 'INSTAGRAM', 'X', 'YOUTUBE'] as const)(
  '%s, everything broken now and then: no count that was never shown, no cent for it, every view paid in the end, no run paid for twice',
  async (platform) => {
    const campaignId = await tracker.world.addCampaign({ budget: '10000', rate: '10' });
    const clips: SimulatedClip[] = [];
    for (let i = 0; i < CLIPS; i += 1) clips.push(await tracker.postClip(campaignId, BASELINE, platform));
    await tracker.readAll(platform);
    const startsBefore = tracker.startCount(platform);
    const { rows: known } = await tracker.pool.query('SELECT id FROM scrape_runs');
    breakEverything(platform);
    let views = BASELINE;
    for (let round = 0; round < ROUNDS; round += 1) {
      views += 1_000;
      for (const clip of clips) tracker.setViews(clip, views);
      await readRound(platform);
      for (const row of await clipRows(clips)) {
        expect(Number(row.views)).toBeLessThanOrEqual(views);
        expect(Number(row.views)).toBeGreaterThanOrEqual(0.9 * BASELINE);
        expect(Number(row.earnings) * 1e6).toBeLessThanOrEqual(Number(BigInt(views - BASELINE) * MICROS_PER_VIEW));
        expect(row.availability).not.toBe('GONE');
      }
    }
    const { rows: snapshots } = await tracker.pool.query<{ views: string }>(
      'SELECT min(views) AS views FROM view_tracking WHERE clip_id = ANY ($1::uuid[])',
      [clips.map((clip) => clip.clipId)],
    );
    // A tenth purged of the lesser of two metrics is the least that was ever shown.
    expect(Number(snapshots[0]?.views)).toBeGreaterThanOrEqual(Math.floor(0.9 * 0.55 * BASELINE));

    tracker.faults.clear();
    for (let round = 0; round < 3; round += 1) await readRound(platform);
    const earned = ((views - BASELINE) / 100).toFixed(6);
    for (const row of await clipRows(clips))
      expect(row).toMatchObject({ views: String(views), earnings: earned, availability: 'LIVE' });
    const { rows: runs } = await tracker.pool.query<{ started: number }>(
      `SELECT count(*)::integer AS started FROM scrape_runs
       WHERE platform = $1 AND external_run_id IS NOT NULL AND id <> ALL ($2::uuid[])`,
      [platform, known.map((row) => row.id)],
    );
    if (platform !== 'YOUTUBE') expect(tracker.startCount(platform) - startsBefore).toBe(runs[0]?.started);
    expect(await tracker.platformRow(platform)).toMatchObject({ status: 'OK' });
    const report = await runAudit(tracker.pool);
    expect(report.differences, formatAudit(report)).toBe(0);
  },
);

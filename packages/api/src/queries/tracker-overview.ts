import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { readHorizonHolder, readOpenAlerts, readPlatformWork, readQueues, readRuns } from '@clipmeter/db/read-tracker';
import { readTrackers } from '@clipmeter/db/tracker-instances';
import type { SignedInContext } from '#src/context.ts';

const RUNS_MAX = 50;
const ALERTS_MAX = 50;

/** How the reading of views is going. */
export function trackerOverview({ pool, now }: SignedInContext) {
  const at = now();
  const midnight = new Date(at);
  midnight.setUTCHours(0, 0, 0, 0);
  return readSnapshot(pool, async (tx) => {
    const holder = await readHorizonHolder(tx);
    const trackers = await readTrackers(tx, at);
    return {
      platforms: await readPlatformWork(tx, { now: at, since: midnight }),
      runs: await readRuns(tx, RUNS_MAX),
      alerts: await readOpenAlerts(tx, ALERTS_MAX),
      queues: await readQueues(tx),
      trackers,
      follower: {
        lagMs: trackers.length === 0 ? null : Math.max(...trackers.map((tracker) => tracker.followerLagMs)),
        horizonAgeMs: holder.ageMs,
        heldBy: holder.heldBy,
      },
    };
  });
}

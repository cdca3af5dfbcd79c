import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { readHorizonHolder, readOpenAlerts, readPlatformWork, readQueues, readRuns } from '@clipmeter/db/read-tracker';
import type { SignedInContext } from '#src/context.ts';

const RUNS_MAX = 50;
const ALERTS_MAX = 50;

/** How the reading of views is going. */
export function trackerOverview({ pool, now, live }: SignedInContext) {
  const at = now();
  const midnight = new Date(at);
  midnight.setUTCHours(0, 0, 0, 0);
  return readSnapshot(pool, async (tx) => {
    const holder = await readHorizonHolder(tx);
    return {
      platforms: await readPlatformWork(tx, { now: at, since: midnight }),
      runs: await readRuns(tx, RUNS_MAX),
      alerts: await readOpenAlerts(tx, ALERTS_MAX),
      queues: await readQueues(tx),
      follower: {
        lagMs: live === undefined ? null : Math.round(live.lagMs()),
        horizonAgeMs: holder.ageMs,
        heldBy: holder.heldBy,
      },
    };
  });
}

import type { Platform } from '@clipmeter/core/platform';
import type { Pool } from '@clipmeter/db/connect';
import { readRun, recordRunCost } from '@clipmeter/db/scrape-run';
import type { PlatformReader } from '@clipmeter/platforms/port';
import { z } from 'zod';
import type { Job } from '#src/jobs/job.ts';
import type { JobOutbox } from '#src/jobs/job-outbox.ts';
import type { WorkMeter } from '#src/metrics/work-meter.ts';

export const COST_QUEUE = 'cost';

/** Apify settles a run's bill about ten seconds after its end. */
const SETTLED_AFTER_SECONDS = 15;
const TRIES_MAX = 10;

const costData = z.object({ runId: z.uuid(), tries: z.int().default(0) });
type CostData = z.infer<typeof costData>;

/** Asks for the final cost of a run that has ended. Sent before its settlement, so that no crash can forget it. */
export async function sendCostJob(outbox: JobOutbox, runId: string, tries = 0): Promise<void> {
  await outbox.send(COST_QUEUE, { runId, tries }, { startAfter: SETTLED_AFTER_SECONDS });
}

export function createCostJob(
  deps: { pool: Pool; outbox: JobOutbox; meter: WorkMeter },
  readers: ReadonlyMap<Platform, PlatformReader>,
): Job<CostData> {
  return {
    queue: COST_QUEUE,
    data: costData,
    concurrency: 1,
    pollSeconds: 2,
    async handle({ runId, tries }, signal) {
      const run = await readRun(deps.pool, runId);
      const reader = run === null ? undefined : readers.get(run.platform);
      if (run === null || run.externalRunId === null || reader === undefined) return;
      const costMicros = await reader.cost(run.externalRunId, signal);
      if (costMicros !== null) {
        await recordRunCost(deps.pool, { runId, costMicros, isFinal: true });
        deps.meter.readsBilled(run.platform, costMicros);
      } else if (tries < TRIES_MAX) await sendCostJob(deps.outbox, runId, tries + 1);
    },
  };
}

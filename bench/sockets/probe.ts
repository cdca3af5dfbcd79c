import type { Pool } from '@clipmeter/db/connect';
import { appendEvents } from '@clipmeter/db/event-log';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Worker } from '../harness/worker.ts';
import { campaignChanged, TOPIC } from './campaign-event.ts';
import { askStages, type Stages } from './stages.ts';

const PROBE_EVERY_MS = 50;
/** For the last to arrive. */
const LAST_MS = 300;

/** Writes probes for so long. Answers how many ms after its writing each had come how far. */
export async function probe(
  { pool, server, clients }: { pool: Pool; server: Worker; clients: Worker },
  durationMs: number,
): Promise<Stages> {
  await askStages(server, clients);
  const committed: number[] = [];
  const until = performance.now() + durationMs;
  for (let version = 1; performance.now() < until; version += 1) {
    const writtenAt = new Date();
    await withTransaction(pool, (tx) => {
      const payload = { ...campaignChanged(version), completedAt: writtenAt.toISOString() };
      return appendEvents(tx, [{ topic: TOPIC, type: 'campaign.changed', payload }]);
    });
    committed.push(Date.now() - writtenAt.getTime());
    await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
  }
  await new Promise((resolve) => setTimeout(resolve, LAST_MS));
  return { committed, ...(await askStages(server, clients)) };
}

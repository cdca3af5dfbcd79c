import type { Pool } from '@clipmeter/db/connect';
import { appendEvents } from '@clipmeter/db/event-log';
import { withTransaction } from '@clipmeter/db/transaction';
import { z } from 'zod';
import type { Worker } from '../harness/worker.ts';
import { campaignChanged, TOPIC } from './campaign-event.ts';

const PROBE_EVERY_MS = 50;
/** For the last to arrive. */
const LAST_MS = 300;

/** Writes probes for so long. Answers how many ms after its writing each reached each stock client. */
export async function probe(pool: Pool, clients: Worker, durationMs: number): Promise<number[]> {
  await clients.ask('latencies');
  const until = performance.now() + durationMs;
  for (let version = 1; performance.now() < until; version += 1) {
    await withTransaction(pool, (tx) => {
      const payload = { ...campaignChanged(version), completedAt: new Date().toISOString() };
      return appendEvents(tx, [{ topic: TOPIC, type: 'campaign.changed', payload }]);
    });
    await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
  }
  await new Promise((resolve) => setTimeout(resolve, LAST_MS));
  return z.array(z.number()).parse(await clients.ask('latencies'));
}

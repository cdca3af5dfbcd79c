import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Pool } from '@clipmeter/db/connect';
import { forgetTracker, noteTracker } from '@clipmeter/db/tracker-instances';
import type { Logger } from 'pino';
import type { Service } from '#src/service.ts';

const SAY_EVERY_MS = 5_000;

/** Says in the database that this tracker runs and how far its follower is behind, for pages served by other processes. */
export function createPresenceService(deps: {
  pool: Pool;
  log: Logger;
  now: () => Date;
  followerLagMs: () => number;
}): Service {
  const id = randomUUID();
  const startedAt = deps.now();
  const say = () =>
    noteTracker(deps.pool, {
      id,
      host: hostname(),
      pid: process.pid,
      startedAt,
      now: deps.now(),
      followerLagMs: deps.followerLagMs(),
    });
  // A database that is away is reported by health; presence comes back with it.
  const trySay = () => say().catch((error: unknown) => deps.log.debug({ err: error }, 'presence not noted'));
  let timer: NodeJS.Timeout | undefined;
  let saying: Promise<unknown> = Promise.resolve();
  return {
    name: 'presence',
    async run() {
      await say();
      timer = setInterval(() => {
        saying = trySay();
      }, SAY_EVERY_MS);
    },
    async stop() {
      clearInterval(timer);
      await saying;
      await forgetTracker(deps.pool, id);
    },
  };
}

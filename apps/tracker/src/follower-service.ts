import type { Follower } from '@clipmeter/realtime/follower';
import type { Logger } from 'pino';
import type { Service } from '#src/service.ts';

/** The follower as a service: what it reads from the event log, the hub hands to the sockets. */
export function createFollowerService(follower: Follower, closeSource: () => Promise<void>, log: Logger): Service {
  let running: Promise<void> = Promise.resolve();
  return {
    name: 'follower',
    async run() {
      running = follower.run();
      // It deals with a database that is away; anything else is a fault of its own, and a live page would stand still.
      running.catch((error: unknown) => {
        log.fatal({ err: error }, 'the event log is not followed any more');
        process.exit(1);
      });
    },
    async stop() {
      follower.stop();
      await running;
      await closeSource();
    },
  };
}

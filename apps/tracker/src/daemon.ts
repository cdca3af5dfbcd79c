import type { Logger } from 'pino';
import type { Service } from '#src/service.ts';

/** What is left of the 10 s a supervisor gives before it kills. */
const STOP_WITHIN_MS = 9_000;

/**
 * Starts services in order and stops them in reverse order on SIGTERM, SIGINT or when the process that started this one
 * and speaks to it is gone. Further signals change nothing: Ctrl-C reaches a whole process group, and its leader then
 * signals each member again. A stop that takes too long is cut: what is leased then is found again by its lease.
 */
export async function runDaemon(services: readonly Service[], log: Logger): Promise<void> {
  let stopping: Promise<void> | null = null;
  const started: Service[] = [];

  const stop = (reason: string) => {
    if (stopping !== null) return;
    log.info({ reason }, 'stopping');
    setTimeout(() => {
      log.warn('stopped before everything was finished; leases give it back');
      process.exit(0);
    }, STOP_WITHIN_MS).unref();
    stopping = stopAll(started, log).then(() => {
      log.info('stopped');
      process.exit(0);
    });
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('disconnect', () => stop('the parent is gone'));

  for (const service of services) {
    if (stopping !== null) return;
    started.push(service);
    await service.run();
    log.debug({ service: service.name }, 'running');
  }
}

async function stopAll(started: readonly Service[], log: Logger): Promise<void> {
  for (const service of [...started].reverse()) {
    try {
      await service.stop();
    } catch (error) {
      log.error({ err: error, service: service.name }, 'a service did not stop cleanly');
    }
  }
}

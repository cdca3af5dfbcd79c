import type { Job as BossJob, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Job } from '#src/jobs/job.ts';
import type { JobOutbox } from '#src/jobs/job-outbox.ts';
import type { WorkMeter } from '#src/metrics/work-meter.ts';
import type { Service } from '#src/service.ts';

export interface JobServiceDeps {
  readonly boss: PgBoss;
  readonly outbox: JobOutbox;
  readonly jobs: readonly Job[];
  readonly log: Logger;
  readonly meter: WorkMeter;
}

/** pg-boss gives up on what still works after this; a batch that waits for its platform lets go at once. */
const STOP_WITHIN_MS = 6_000;
/** A database that is not there yet: about a minute. */
const START_ATTEMPTS = 6;

/** Runs the jobs. Several trackers share one database: each job goes to one of them. */
export function createJobService({ boss, outbox, jobs, log, meter }: JobServiceDeps): Service {
  const stopping = new AbortController();

  async function work(job: Job): Promise<void> {
    await boss.work<object>(
      job.queue,
      { localConcurrency: job.concurrency, pollingIntervalSeconds: job.pollSeconds },
      async ([delivered]) => {
        if (delivered) await deliver(job, delivered);
      },
    );
    if (job.cron !== undefined) await boss.schedule(job.queue, job.cron, {});
    if (job.everySeconds !== undefined) await outbox.send(job.queue, {});
  }

  async function deliver(job: Job, delivered: BossJob<object>): Promise<void> {
    // First, so that nothing that goes wrong below can end the chain; a stately queue keeps it at one.
    if (job.everySeconds !== undefined) await outbox.send(job.queue, {}, { startAfter: job.everySeconds });
    const signal = AbortSignal.any([delivered.signal, stopping.signal]);
    try {
      await job.handle(job.data.parse(delivered.data ?? {}), signal);
    } catch (error) {
      meter.jobFailed(job.queue);
      log.error({ err: error, queue: job.queue, job: delivered.id, retry: delivered.retryCount }, 'job failed');
      throw error;
    }
  }

  return {
    name: 'jobs',
    async run() {
      await boss.start({ attempts: START_ATTEMPTS });
      for (const job of jobs) await work(job);
      // What a killed tracker had in hand is looked for at once, not only with the next round of supervision.
      boss.supervise().catch((error: unknown) => log.warn({ err: error }, 'abandoned jobs could not be looked for'));
    },
    async stop() {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: STOP_WITHIN_MS });
    },
  };
}

import { maxMicros, ZERO_MICROS } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import type { Pool } from '@clipmeter/db/connect';
import type { PictureFetcher } from '@clipmeter/platforms/fetch-picture';
import type { PlatformReader } from '@clipmeter/platforms/port';
import type { ProfileReader } from '@clipmeter/platforms/profile-port';
import type { LinkResolver } from '@clipmeter/platforms/resolve-link';
import type { Logger } from 'pino';
import type { Env } from '#src/env.ts';
import { createAlertJob } from '#src/jobs/alert-job.ts';
import { createAuditJob } from '#src/jobs/audit-job.ts';
import { createBatchJob } from '#src/jobs/batch-job.ts';
import { createCostJob } from '#src/jobs/cost-job.ts';
import type { Job } from '#src/jobs/job.ts';
import type { JobOutbox } from '#src/jobs/job-outbox.ts';
import { createLaunchJob } from '#src/jobs/launch-job.ts';
import { createLifecycleJob } from '#src/jobs/lifecycle-job.ts';
import { createMailJob } from '#src/jobs/mail-job.ts';
import { createPartitionsJob } from '#src/jobs/partitions-job.ts';
import { createPictureJob } from '#src/jobs/picture-job.ts';
import { createReleaseJob } from '#src/jobs/release-job.ts';
import { createResolveJob } from '#src/jobs/resolve-job.ts';
import { createRoundJob } from '#src/jobs/round-job.ts';
import { createTickJob } from '#src/jobs/tick-job.ts';
import { createAccountChecksJob, createVerifyJob } from '#src/jobs/verify-job.ts';
import type { Mailer } from '#src/mail/mailer.ts';
import type { WorkMeter } from '#src/metrics/work-meter.ts';
import { settlementConfig } from '#src/settlement-config.ts';

export interface JobDeps {
  readonly env: Env;
  readonly pool: Pool;
  readonly outbox: JobOutbox;
  readonly readers: ReadonlyMap<Platform, PlatformReader>;
  readonly profiles: ReadonlyMap<Platform, ProfileReader>;
  readonly resolver: LinkResolver;
  readonly pictures: PictureFetcher;
  /** Null: mails wait. */
  readonly mailer: Mailer | null;
  readonly log: Logger;
  readonly meter: WorkMeter;
  readonly now: () => Date;
}

/** A run of thousands of videos takes minutes; after this its clips are due again whatever became of it. */
const LEASE_MS = 30 * 60_000;
const CLOSING_LIMIT_MS = 10 * 60_000;
const LIFECYCLE_EVERY_SECONDS = 2;
const RESOLVE_EVERY_SECONDS = 2;
const PICTURES_EVERY_SECONDS = 2;
/** Longer than a closing round, whose reads may be a round's, and shorter than a lease. */
const ROUND_LIMIT_MS = 15 * 60_000;

/** Every job of the daemon: two for each platform that can be read, and one of each other kind. */
export function createJobs(deps: JobDeps): readonly Job[] {
  const { env, readers } = deps;
  const prices = [...readers.values()].map((reader) => reader.pricePerResultMicros);
  const dearest = settlementConfig(prices.reduce(maxMicros, ZERO_MICROS), env.demo);
  const shared = {
    ...deps,
    faultPoints: env.faultPoints,
    adoptWaitMs: env.adoptWaitMs,
    giveUpMs: LEASE_MS,
    ...(env.chunkClips !== null && { clipsMax: env.chunkClips }),
  };
  const jobs: Job[] = [];
  for (const reader of readers.values()) {
    const settlement = settlementConfig(reader.pricePerResultMicros, env.demo);
    const tick = {
      ...shared,
      tickSeconds: env.tickSeconds,
      leaseMs: LEASE_MS,
      maxIntervalMs: settlement.interval.maxIntervalMs,
      dailyLimitMicros: env.dailySpendLimitMicros,
      ignoreMinimumCharge: env.demo,
    };
    jobs.push(createTickJob(tick, reader), createBatchJob({ ...shared, settlement }, reader));
  }
  jobs.push(
    createLifecycleJob({
      ...shared,
      everySeconds: LIFECYCLE_EVERY_SECONDS,
      closingLimitMs: CLOSING_LIMIT_MS,
      settlement: dearest,
    }),
    createResolveJob({ ...deps, everySeconds: RESOLVE_EVERY_SECONDS }),
    createPictureJob({ ...deps, everySeconds: PICTURES_EVERY_SECONDS }),
    createLaunchJob(deps),
    createAccountChecksJob(deps),
    createVerifyJob(deps),
    createReleaseJob(shared),
    createRoundJob({ ...deps, platforms: [...readers.keys()], limitMs: ROUND_LIMIT_MS }),
    createCostJob(deps, readers),
    createAuditJob(deps),
    createPartitionsJob(deps),
  );
  if (env.mail !== null && deps.mailer !== null) {
    const { mailer } = deps;
    jobs.push(createMailJob({ ...deps, mailer, from: env.mail.from, publicUrl: env.publicUrl }));
  }
  if (env.alertWebhookUrl !== null) jobs.push(createAlertJob({ ...deps, webhookUrl: env.alertWebhookUrl }));
  return jobs;
}

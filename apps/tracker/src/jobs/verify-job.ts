import { finishAccountCheck, type ProfileLook } from '@clipmeter/api/operations/finish-account-check';
import { isReading } from '@clipmeter/core/account-proof';
import { deriveId } from '@clipmeter/core/id';
import type { Platform } from '@clipmeter/core/platform';
import type { Pool } from '@clipmeter/db/connect';
import { readAnsweredProfileRuns, recordProfileRun } from '@clipmeter/db/scrape-run';
import { accountFacts, findSocialAccount, readAccountsToCheck, type SocialAccount } from '@clipmeter/db/social-account';
import type { ProfileReader } from '@clipmeter/platforms/profile-port';
import type { Logger } from 'pino';
import { z } from 'zod';
import { sendCostJob } from '#src/jobs/cost-job.ts';
import { EVERY_MINUTE, type Job } from '#src/jobs/job.ts';
import type { JobOutbox } from '#src/jobs/job-outbox.ts';

const CHECKS_QUEUE = 'account-checks';
const VERIFY_QUEUE = 'verify-account';

export interface VerifyDeps {
  readonly pool: Pool;
  readonly outbox: JobOutbox;
  readonly log: Logger;
  readonly now: () => Date;
  readonly profiles: ReadonlyMap<Platform, ProfileReader>;
}

/** Profiles that are asked for in one look at the list. */
const CHECKS_MAX = 100;
/** Profiles that one tracker reads at once. */
const CONCURRENCY = 5;
const EVERY_SECONDS = 1;
/** How long to wait after each time that nothing was learned; after the last the profile could not be read. */
const RETRY_AFTER_MS = [5_000, 20_000];
/** A platform that asks for more patience than somebody who waits has. */
const RETRY_WITHIN_MS = 60_000;
/** Whatever became of its job, a clipper is not left waiting longer. */
const GIVE_UP_MS = 15 * 60_000;

const verifyData = z.object({
  accountId: z.uuid(),
  /** The request that it answers: a later one has a job of its own. */
  requestedAt: z.coerce.date(),
  /** A run started since belongs to this attempt. */
  since: z.coerce.date(),
  attempt: z.int().nonnegative(),
});
type VerifyData = z.infer<typeof verifyData>;

/**
 * Sends a job for each account whose clipper has pressed verify. The job's id follows from the request, so that looking
 * again while it is under way sends no second one.
 */
export function createAccountChecksJob(deps: VerifyDeps): Job {
  return {
    queue: CHECKS_QUEUE,
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 1,
    everySeconds: EVERY_SECONDS,
    cron: EVERY_MINUTE,
    async handle() {
      const now = deps.now();
      for (const account of await readAccountsToCheck(deps.pool, CHECKS_MAX)) {
        const { id: accountId, checkRequestedAt: requestedAt } = account;
        if (requestedAt === null) continue;
        if (now.getTime() - requestedAt.getTime() > GIVE_UP_MS) await finish(deps, account, { kind: 'unreadable' });
        else await sendVerifyJob(deps, { accountId, requestedAt, since: requestedAt, attempt: 0 });
      }
    },
  };
}

function sendVerifyJob({ outbox }: VerifyDeps, data: VerifyData, startAfter?: Date): Promise<void> {
  const id = deriveId('verify-account', data.accountId, data.requestedAt.toISOString(), String(data.attempt));
  return outbox.send(VERIFY_QUEUE, data, { id, ...(startAfter && { startAfter }) });
}

/** Reads a profile and says whether the code is in its bio. */
export function createVerifyJob(deps: VerifyDeps): Job<VerifyData> {
  return {
    queue: VERIFY_QUEUE,
    data: verifyData,
    concurrency: CONCURRENCY,
    pollSeconds: 1,
    async handle(data, signal) {
      const account = await findSocialAccount(deps.pool, data.accountId);
      // A job that comes late, or twice, must not pay for a read that nobody waits for any more.
      if (account === null || account.removedAt !== null || !isReading(accountFacts(account))) return;
      if (account.checkRequestedAt?.getTime() !== data.requestedAt.getTime()) return;
      const reader = deps.profiles.get(account.platform);
      if (reader === undefined) return finish(deps, account, { kind: 'unreadable' });
      const { platform, handle } = account;
      const answeredRunIds = await readAnsweredProfileRuns(deps.pool, { platform, before: data.since });
      const outcome = await reader.readProfile({ handle, since: data.since, answeredRunIds }, signal);
      // Stopped: whoever is sent it takes up the run that was started.
      if (outcome.kind === 'interrupted') return deps.outbox.send(VERIFY_QUEUE, data);
      if (outcome.externalRunId !== undefined) await noteRun(deps, reader, outcome.externalRunId);
      if (outcome.kind !== 'unknown') return finish(deps, account, outcome);
      deps.log.info({ account: account.id, attempt: data.attempt, reason: outcome.reason }, 'a profile was not read');
      const waitMs = Math.max(RETRY_AFTER_MS[data.attempt] ?? Number.POSITIVE_INFINITY, outcome.retryAfterMs ?? 0);
      if (waitMs > RETRY_WITHIN_MS) return finish(deps, account, { kind: 'unreadable' });
      const since = new Date(deps.now().getTime() + waitMs);
      await sendVerifyJob(deps, { ...data, since, attempt: data.attempt + 1 }, since);
    },
  };
}

/** Its bill counts in the day's spending, and settles some seconds after its end. */
async function noteRun({ pool, outbox, now }: VerifyDeps, reader: ProfileReader, externalRunId: string): Promise<void> {
  const { platform, source } = reader;
  const runId = deriveId('profile-run', platform, externalRunId);
  await recordProfileRun(pool, { runId, platform, source, externalRunId, now: now() });
  await sendCostJob(outbox, runId);
}

async function finish(deps: VerifyDeps, account: SocialAccount, look: ProfileLook): Promise<void> {
  const outcome = await finishAccountCheck(deps, account, look);
  if (outcome !== null) deps.log.info({ account: account.id, platform: account.platform, outcome }, 'profile read');
}

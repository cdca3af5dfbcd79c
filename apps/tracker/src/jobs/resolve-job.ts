import { finishLink } from '@clipmeter/api/operations/finish-link';
import { platformName } from '@clipmeter/core/platform';
import type { Pool } from '@clipmeter/db/connect';
import { claimLinks, type LinkResolution, postponeLink } from '@clipmeter/db/link-resolution';
import { withTransaction } from '@clipmeter/db/transaction';
import type { LinkResolver } from '@clipmeter/platforms/resolve-link';
import type { Logger } from 'pino';
import { z } from 'zod';
import { eachByItself } from '#src/jobs/each-by-itself.ts';
import { EVERY_MINUTE, type Job } from '#src/jobs/job.ts';

export const RESOLVE_QUEUE = 'resolve';

export interface ResolveDeps {
  readonly pool: Pool;
  readonly log: Logger;
  readonly now: () => Date;
  readonly resolver: LinkResolver;
  readonly everySeconds: number;
}

/** Links followed at once. */
const LINKS_MAX = 20;
/** Longer than the resolver may take for one link: after a crash somebody else follows it then. */
const LEASE_MS = 60_000;
/** How long to wait after each time that nobody answered; after the last a link has failed. */
const RETRY_AFTER_MS = [5_000, 15_000, 60_000, 5 * 60_000];

/** Follows the short links that clippers submitted and submits the videos they lead to. */
export function createResolveJob(deps: ResolveDeps): Job {
  return {
    queue: RESOLVE_QUEUE,
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 1,
    everySeconds: deps.everySeconds,
    cron: EVERY_MINUTE,
    async handle(_data, signal) {
      const now = deps.now();
      const until = new Date(now.getTime() + LEASE_MS);
      const links = await withTransaction(deps.pool, (tx) => claimLinks(tx, { now, until, limit: LINKS_MAX }));
      // One that broke is taken again after its lease; the others are finished.
      await eachByItself(links, (link) => follow(deps, link, signal));
    },
  };
}

async function follow(deps: ResolveDeps, link: LinkResolution, signal: AbortSignal): Promise<void> {
  const { id, platform, url, attempts } = link;
  const outcome = await deps.resolver.resolve({ kind: 'short', platform, url }, signal);
  if (signal.aborted && outcome.kind === 'unavailable') return postpone(deps, id, 0, false);
  if (outcome.kind === 'unavailable') {
    deps.log.info({ link: id, attempts, reason: outcome.reason }, 'a short link was not answered');
    const afterMs = RETRY_AFTER_MS[attempts];
    if (afterMs !== undefined) return postpone(deps, id, afterMs, true);
  }
  if (outcome.kind === 'refused') deps.log.info({ link: id, reason: outcome.reason }, 'a short link was refused');
  const end = await finishLink(
    deps,
    link,
    outcome.kind === 'unavailable' ? { kind: 'refused', sentence: noAnswer(link) } : outcome,
  );
  deps.log.info({ link: id, status: end.status }, 'short link followed');
}

function postpone({ pool, now }: ResolveDeps, id: string, afterMs: number, counts: boolean): Promise<void> {
  const at = now();
  const until = new Date(at.getTime() + afterMs);
  return withTransaction(pool, (tx) => postponeLink(tx, { id, until, counts, at }));
}

function noAnswer({ platform }: LinkResolution): string {
  return `${platformName(platform)} does not say where that link leads. Open it and paste the full address.`;
}

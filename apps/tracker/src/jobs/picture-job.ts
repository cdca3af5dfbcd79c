import { claimThumbnails, keepThumbnail, postponeThumbnail, type WantedThumbnail } from '@clipmeter/db/clip-thumbnails';
import type { Pool } from '@clipmeter/db/connect';
import { withTransaction } from '@clipmeter/db/transaction';
import type { PictureFetcher } from '@clipmeter/platforms/fetch-picture';
import type { Logger } from 'pino';
import { z } from 'zod';
import { eachByItself } from '#src/jobs/each-by-itself.ts';
import { EVERY_MINUTE, type Job } from '#src/jobs/job.ts';

export const PICTURE_QUEUE = 'pictures';

export interface PictureDeps {
  readonly pool: Pool;
  readonly log: Logger;
  readonly now: () => Date;
  readonly pictures: PictureFetcher;
  readonly everySeconds: number;
}

/** Pictures fetched at once. */
const PICTURES_MAX = 10;
/** Longer than one may take: after a crash somebody else fetches it then. */
const LEASE_MS = 60_000;
/** How long to wait after each time that nobody answered. Its address expires within hours: after the last, never again. */
const RETRY_AFTER_MS = [10_000, 60_000, 10 * 60_000];

/** Keeps the pictures of clips that were read for the first time: the platforms' own addresses of them expire. */
export function createPictureJob(deps: PictureDeps): Job {
  return {
    queue: PICTURE_QUEUE,
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 1,
    everySeconds: deps.everySeconds,
    cron: EVERY_MINUTE,
    async handle(_data, signal) {
      const now = deps.now();
      const until = new Date(now.getTime() + LEASE_MS);
      const wanted = await withTransaction(deps.pool, (tx) => claimThumbnails(tx, { now, until, limit: PICTURES_MAX }));
      // One that broke is taken again after its lease; the others are kept.
      await eachByItself(wanted, (picture) => keep(deps, picture, signal));
    },
  };
}

async function keep({ pool, log, now, pictures }: PictureDeps, wanted: WantedThumbnail, signal: AbortSignal) {
  const { clipId, platform, attempts } = wanted;
  const outcome = await pictures.fetch(wanted, signal);
  const at = now();
  if (outcome.kind === 'picture') {
    const { contentType, bytes } = outcome;
    return withTransaction(pool, (tx) => keepThumbnail(tx, clipId, { contentType, bytes }, at));
  }
  log.info({ clip: clipId, platform, attempts, reason: outcome.reason }, 'a picture was not kept');
  const afterMs = outcome.kind === 'refused' ? undefined : RETRY_AFTER_MS[attempts - 1];
  const until = afterMs === undefined ? null : new Date(at.getTime() + afterMs);
  return withTransaction(pool, (tx) => postponeThumbnail(tx, clipId, until));
}
